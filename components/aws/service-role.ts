import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { type Input, jsonStringify, type Resource } from "@pulumi/pulumi";

/** Who acts: an AWS service, for example `ec2.amazonaws.com`. */
interface RoleUse {
  readonly name: string;
  readonly service: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What may be done, to what. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly Input<string>[];
  /** As IAM writes conditions. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, Input<string>>>>>;
}

/** A role for one service that may do these things and nothing else; each grant has a name people read. */
export function serviceRole(
  { name, service, tags }: RoleUse,
  grants: Readonly<Record<string, Grant>>,
  parent: Resource,
): Role {
  const assumed = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } };
  const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [assumed] });
  const role = new Role(name, { assumeRolePolicy, tags: { ...tags } }, { parent });
  const statements = Object.entries(grants).map(([sid, { actions, resources, condition }]) => ({
    Sid: sid,
    Effect: "Allow",
    Action: [...actions],
    Resource: [...resources],
    ...(condition === undefined ? {} : { Condition: condition }),
  }));
  const policy = jsonStringify({ Version: "2012-10-17", Statement: statements });
  new RolePolicy(name, { role: role.name, policy }, { parent });
  return role;
}
