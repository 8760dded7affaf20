import type { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import { interpolate, type Output, type Resource } from "@pulumi/pulumi";
import type { InstancesSpec } from "../../automation/fleet/specs/aws/instances";
import type { Grant } from "../aws/policies";
import { serviceRole } from "../aws/service-role";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { parameterPath } from "./instances-environment";

/** People come in through Session Manager: no SSH, no keys, every session in the audit log. */
const SESSION_MANAGER = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";

/** What instances may do: read their own settings, secrets and image; nothing of another region or platform. */
export function instanceRole(spec: InstancesSpec, setting: AwsSetting, parent: Resource): Role {
  const tags = tagsOf(setting, spec.name);
  const role = serviceRole(
    { name: spec.name, service: "ec2.amazonaws.com", tags },
    grantsOf(spec, setting),
    parent,
  );
  new RolePolicyAttachment(
    `${spec.name}-session-manager`,
    { role: role.name, policyArn: SESSION_MANAGER },
    { parent },
  );
  return role;
}

function grantsOf(spec: InstancesSpec, setting: AwsSetting): readonly Grant[] {
  const { location } = spec;
  const repository = spec.image.split(":")[0] ?? spec.image;
  const { directory } = setting;
  const secrets = [
    directory.find("database/app-secret"),
    directory.find("cache/secret"),
    directory.find("secret/region"),
  ].filter(isMade);
  const keys = [directory.find("database/key"), directory.find("cache/key")].filter(isMade);
  return [
    {
      actions: ["ssm:GetParametersByPath"],
      resources: [`arn:aws:ssm:${location}:*:parameter${parameterPath(spec, setting)}`],
    },
    {
      actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
      resources: [`arn:aws:ecr:${location}:*:repository/${repository}`],
    },
    // AWS gives this token for all repositories or none.
    { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    ...(secrets.length === 0 ? [] : [{ actions: ["secretsmanager:GetSecretValue"], resources: secrets }]),
    ...(keys.length === 0 ? [] : [{ actions: ["kms:Decrypt"], resources: keys }]),
    ...bucketGrants(spec),
    ...tenantGrants(spec, directory.find("cache/users")),
  ];
}

/** Objects, not the buckets themselves: who may read them is not for the applications to say. */
function bucketGrants({ buckets }: InstancesSpec): readonly Grant[] {
  if (buckets.length === 0) return [];
  const arns = buckets.map(({ bucket }) => `arn:aws:s3:::${bucket}`);
  const objects = arns.map((arn) => `${arn}/*`);
  return [
    { actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources: objects },
    { actions: ["s3:ListBucket"], resources: arns },
  ];
}

/** To sign in to the region's Redis as a tenant. */
function tenantGrants({ location }: InstancesSpec, users: Output<string> | undefined): readonly Grant[] {
  if (users === undefined) return [];
  const arn = `arn:aws:elasticache:${location}:*`;
  const resources = [interpolate`${arn}:replicationgroup:${users}`, interpolate`${arn}:user:${users}-*`];
  return [{ actions: ["elasticache:Connect"], resources }];
}

const isMade = (value: Output<string> | undefined): value is Output<string> => value !== undefined;
