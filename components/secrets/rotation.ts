import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { Function as LambdaFunction } from "@pulumi/aws/lambda/function";
import { Permission } from "@pulumi/aws/lambda/permission";
import {
  asset,
  ComponentResource,
  interpolate,
  type ComponentResourceOptions,
  type Output,
} from "@pulumi/pulumi";
import { assumedBy, policy } from "../aws/policies";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { rotationCode } from "./rotation-code";

const LOG_DAYS = 30;
const TIMEOUT_SECONDS = 30;

/** The function that changes secrets when AWS says it is time; it may touch those alone. */
export class SecretRotation extends ComponentResource {
  readonly functionArn: Output<string>;
  /** AWS refuses a rotation by a function it may not call. */
  readonly permission: Permission;

  constructor(
    name: string,
    physical: string,
    secrets: readonly Output<string>[],
    setting: AwsSetting,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:secrets:Rotation", name, {}, opts);
    const child = { parent: this };
    const logs = new LogGroup(
      name,
      {
        name: `/aws/lambda/${physical}`,
        retentionInDays: LOG_DAYS,
        tags: tagsOf(setting, name, "log"),
      },
      child,
    );
    const role = new Role(
      name,
      {
        name: physical,
        assumeRolePolicy: assumedBy("lambda.amazonaws.com"),
        tags: tagsOf(setting, name),
      },
      child,
    );
    const allowed = new RolePolicy(
      name,
      { name: "rotate", role: role.name, policy: policy([...RANDOM, ...uses(secrets, logs)]) },
      child,
    );
    const rotation = new LambdaFunction(
      name,
      {
        name: physical,
        role: role.arn,
        runtime: "nodejs22.x",
        architectures: ["arm64"],
        handler: "index.handler",
        code: new asset.AssetArchive({ "index.mjs": new asset.StringAsset(rotationCode) }),
        timeout: TIMEOUT_SECONDS,
        tags: tagsOf(setting, name),
      },
      { parent: this, dependsOn: [allowed] },
    );
    this.permission = new Permission(
      name,
      {
        statementId: "secrets-manager",
        function: rotation.name,
        action: "lambda:InvokeFunction",
        principal: "secretsmanager.amazonaws.com",
      },
      child,
    );
    this.functionArn = rotation.arn;
    this.registerOutputs({ function: rotation.arn });
  }
}

const RANDOM = [{ actions: ["secretsmanager:GetRandomPassword"], resources: ["*"] }];

const uses = (secrets: readonly Output<string>[], logs: LogGroup) => [
  {
    actions: [
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ],
    resources: secrets,
  },
  { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [interpolate`${logs.arn}:*`] },
];
