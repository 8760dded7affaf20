import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import type { Resource } from "@pulumi/pulumi";
import { assumedBy, type Grant, policy } from "./policies";

/** Who acts: an AWS service, for example `ec2.amazonaws.com`. */
interface RoleUse {
  readonly name: string;
  readonly service: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A role for one service that may do these things and nothing else. */
export function serviceRole(
  { name, service, tags }: RoleUse,
  grants: readonly Grant[],
  parent: Resource,
): Role {
  const role = new Role(name, { assumeRolePolicy: assumedBy(service), tags: { ...tags } }, { parent });
  new RolePolicy(name, { role: role.name, policy: policy(grants) }, { parent });
  return role;
}
