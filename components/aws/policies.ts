/** IAM policy documents as text, with nothing in them but what is asked for. */
import { all, output, type Input, type Output } from "@pulumi/pulumi";

const VERSION = "2012-10-17";

/** One permission. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly Input<string>[];
  /** For example `{ StringEquals: { "aws:SourceAccount": "…" } }`. */
  readonly condition?: Readonly<Record<string, Readonly<Record<string, Input<string>>>>>;
  /** Of a policy on a resource; absent in one of a role. */
  readonly principal?: Readonly<Record<string, Input<string>>> | "*";
  readonly effect?: "Allow" | "Deny";
}

/** A policy of these permissions. */
export const policy = (grants: readonly Grant[]): Output<string> =>
  all(grants.map(statement)).apply((statements) =>
    JSON.stringify({ Version: VERSION, Statement: statements }),
  );

const statement = ({ actions, resources, condition, principal, effect = "Allow" }: Grant): Output<object> =>
  output({
    Effect: effect,
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: actions,
    Resource: resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  });

/** Who may act as a role: an AWS service. */
export const assumedBy = (service: string, actions: readonly string[] = ["sts:AssumeRole"]): string =>
  JSON.stringify({
    Version: VERSION,
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: actions }],
  });
