import type { Cluster } from "@pulumi/aws/eks/cluster";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import type { Resource } from "@pulumi/pulumi";
import type { EksClusterSpec } from "../../automation/fleet/specs/aws/eks";
import { assumedBy } from "./policies";
import type { AwsSetting } from "./setting";
import { tagsOf } from "./tags";

interface RoleUse {
  /** `cluster-nodes`: in the program; the physical name begins with the cluster's. */
  readonly key: string;
  readonly physical: string;
  readonly trust: string;
  /** Of AWS's own policies. */
  readonly policies: readonly string[];
}

function managedRole(
  { key, physical, trust, policies }: RoleUse,
  setting: AwsSetting,
  parent: Resource,
): { readonly role: Role; readonly attached: readonly Resource[] } {
  const role = new Role(
    key,
    { name: physical, assumeRolePolicy: trust, tags: tagsOf(setting, key) },
    { parent },
  );
  const attached = policies.map((policy) => {
    const name = policy.split("/").at(-1) ?? policy;
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    return new RolePolicyAttachment(`${key}-${name}`, { role: role.name, policyArn }, { parent });
  });
  return { role, attached };
}

/** What the control plane may do. */
export const clusterRole = (spec: EksClusterSpec, setting: AwsSetting, parent: Resource): Role =>
  managedRole(
    {
      key: `${spec.name}-control-plane`,
      physical: `${spec.cluster}-control-plane`,
      trust: assumedBy("eks.amazonaws.com"),
      policies: ["AmazonEKSClusterPolicy"],
    },
    setting,
    parent,
  ).role;

/** What a node may do: join, pull images, give pods addresses, be reached by Session Manager instead of SSH. */
export const nodeRole = (spec: EksClusterSpec, setting: AwsSetting, parent: Resource) =>
  managedRole(
    {
      key: `${spec.name}-nodes`,
      physical: `${spec.cluster}-nodes`,
      trust: assumedBy("ec2.amazonaws.com"),
      policies: [
        "AmazonEKSWorkerNodePolicy",
        "AmazonEC2ContainerRegistryReadOnly",
        "AmazonEKS_CNI_Policy",
        "AmazonSSMManagedInstanceCore",
      ],
    },
    setting,
    parent,
  );

/** Lets the volume driver, and nothing else in the cluster, make volumes. */
export function volumeIdentity(
  spec: EksClusterSpec,
  cluster: Cluster,
  setting: AwsSetting,
  parent: Resource,
): Resource {
  const key = `${spec.name}-volumes`;
  const { role, attached } = managedRole(
    {
      key,
      physical: `${spec.cluster}-volumes`,
      trust: assumedBy("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"]),
      policies: ["service-role/AmazonEBSCSIDriverPolicy"],
    },
    setting,
    parent,
  );
  return new PodIdentityAssociation(
    key,
    {
      clusterName: cluster.name,
      namespace: "kube-system",
      serviceAccount: "ebs-csi-controller-sa",
      roleArn: role.arn,
      tags: tagsOf(setting, key),
    },
    { parent, dependsOn: [...attached] },
  );
}
