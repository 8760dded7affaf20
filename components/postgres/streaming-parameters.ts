import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup";
import type { Resource } from "@pulumi/pulumi";
import type { StreamingPostgresSpec } from "../../automation/fleet/specs/aws/streaming";

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** Settings of the server; those that need a restart wait for the maintenance window. */
const parametersOf = ({ forceTls, maximumConnections }: StreamingPostgresSpec): readonly Parameter[] => [
  { name: "rds.force_ssl", value: forceTls ? "1" : "0", applyMethod: "immediate" },
  { name: "ssl_min_protocol_version", value: "TLSv1.2", applyMethod: "immediate" },
  { name: "max_connections", value: String(maximumConnections), applyMethod: "pending-reboot" },
  // A query on a replica may hold back cleaning on the primary, rather than be cancelled for it.
  { name: "hot_standby_feedback", value: "1", applyMethod: "immediate" },
  // A client that went away in a transaction must not hold that back for ever (milliseconds).
  { name: "idle_in_transaction_session_timeout", value: "60000", applyMethod: "immediate" },
  { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
];

export const streamingParameters = (
  spec: StreamingPostgresSpec,
  tags: Readonly<Record<string, string>>,
  parent: Resource,
): ParameterGroup =>
  new ParameterGroup(
    spec.name,
    {
      namePrefix: `${spec.prefix}-`,
      family: `postgres${spec.version}`,
      description: `PostgreSQL of ${spec.region}`,
      parameters: parametersOf(spec).map((parameter) => ({ ...parameter })),
      tags,
    },
    { parent },
  );
