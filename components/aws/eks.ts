import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { Addon } from "@pulumi/aws/eks/addon";
import { Cluster } from "@pulumi/aws/eks/cluster";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { EksClusterSpec } from "../../automation/fleet/specs/aws/eks";
import { clusterOutput, NETWORK_STACK, networkOutput } from "../../automation/fleet/specs/aws/outputs";
import { protectedBy } from "../deletion";
import type { ProgramOutputs } from "../program-context";
import { clusterRole, nodeRole, volumeIdentity } from "./eks-roles";
import { nodeGroup } from "./eks-nodes";
import { encryptionKey } from "./encryption-key";
import type { AwsSetting } from "./setting";
import { tagsOf } from "./tags";

const LOGS = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** A cluster whose secrets are encrypted, whose calls are logged, and whose nodes are in private subnets. */
export class EksCluster extends ComponentResource {
  readonly outputs: ProgramOutputs;

  constructor(spec: EksClusterSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:aws:Eks", spec.name, {}, opts);
    const { name } = spec;
    const cluster = this.#cluster(spec, setting);
    const clusterSecurityGroupId = cluster.vpcConfig.apply((config) => config.clusterSecurityGroupId);
    const nodes = nodeRole(spec, setting, this);
    const groups = spec.nodeGroups.map((group) => nodeGroup(spec, group, cluster, nodes, setting, this));
    const issuer = cluster.identities.apply(([first]) => first?.oidcs?.[0]?.issuer ?? "");
    const identity = new OpenIdConnectProvider(
      name,
      { url: issuer, clientIdLists: ["sts.amazonaws.com"], tags: tagsOf(setting, name) },
      { parent: this },
    );
    const volumes = spec.addons.includes("aws-ebs-csi-driver")
      ? [volumeIdentity(spec, cluster, setting, this)]
      : [];
    for (const addon of spec.addons) {
      new Addon(
        `${name}-${addon}`,
        {
          clusterName: cluster.name,
          addonName: addon,
          resolveConflictsOnCreate: "OVERWRITE",
          resolveConflictsOnUpdate: "PRESERVE",
          tags: tagsOf(setting, `${name}-${addon}`),
        },
        // Without machines an addon never becomes ready; the network one makes the machines ready.
        { parent: this, dependsOn: addon === "vpc-cni" ? [] : [...groups, ...volumes] },
      );
    }
    this.#letBalancerIn(spec, clusterSecurityGroupId, setting);
    setting.directory.add("cluster-security-group", clusterSecurityGroupId);
    this.outputs = {
      [clusterOutput.name]: cluster.name,
      [clusterOutput.endpoint]: cluster.endpoint,
      [clusterOutput.ca]: cluster.certificateAuthority.data,
      [clusterOutput.securityGroupId]: clusterSecurityGroupId,
      [clusterOutput.oidcProviderArn]: identity.arn,
    };
    this.registerOutputs({ cluster: cluster.name });
  }

  #cluster(spec: EksClusterSpec, setting: AwsSetting): Cluster {
    const { name, region } = spec;
    const { references, context } = setting;
    const role = clusterRole(spec, setting, this);
    const tags = tagsOf(setting, name, "customer");
    const key = encryptionKey(
      { name, alias: spec.cluster, purpose: `Secrets of the cluster ${spec.cluster}` },
      tagsOf(setting, `${name}-key`),
      this,
    );
    // Made first: EKS would make one that is kept for ever.
    const logs = new LogGroup(
      name,
      {
        name: `/aws/eks/${spec.cluster}/cluster`,
        retentionInDays: spec.logDays,
        tags: tagsOf(setting, name, "log"),
      },
      { parent: this },
    );
    return new Cluster(
      name,
      {
        name: spec.cluster,
        version: spec.version,
        roleArn: role.arn,
        enabledClusterLogTypes: LOGS,
        // Whose keys made it administers it: the next stack is applied with the same ones.
        accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
        encryptionConfig: { provider: { keyArn: key.arn }, resources: ["secrets"] },
        upgradePolicy: { supportType: "STANDARD" },
        vpcConfig: {
          subnetIds: references.texts(NETWORK_STACK, networkOutput.privateSubnetIds(region)),
          endpointPrivateAccess: true,
          endpointPublicAccess: spec.publicAccess.length > 0,
          ...(spec.publicAccess.length === 0 ? {} : { publicAccessCidrs: [...spec.publicAccess] }),
        },
        deletionProtection: protectedBy(spec.deletion, context),
        tags,
      },
      { parent: this, protect: protectedBy(spec.deletion, context), dependsOn: [logs] },
    );
  }

  #letBalancerIn(spec: EksClusterSpec, group: Output<string>, setting: AwsSetting): void {
    const balancer = setting.directory.find("load-balancer-security-group");
    if (balancer === undefined) return;
    for (const { service, port } of spec.targets) {
      const key = `${spec.name}-${service}`;
      new SecurityGroupIngressRule(
        key,
        {
          securityGroupId: group,
          referencedSecurityGroupId: balancer,
          description: `${service}, from the load balancer`,
          ipProtocol: "tcp",
          fromPort: port,
          toPort: port,
          tags: tagsOf(setting, key),
        },
        { parent: this },
      );
    }
  }
}
