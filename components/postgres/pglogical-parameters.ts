import { ParameterGroup } from "@pulumi/aws/rds/parameterGroup";
import type { Resource } from "@pulumi/pulumi";
import type { PglogicalDatabaseSpec } from "../../automation/fleet/specs/aws/pglogical-database";

/** Those that need a restart: a server begins with them, later changes wait for the maintenance window. */
const restarting = ({ room }: PglogicalDatabaseSpec): Readonly<Record<string, string>> => ({
  "rds.logical_replication": "1",
  shared_preload_libraries: "pg_stat_statements,pglogical",
  // Which of two writes was later is told by it.
  track_commit_timestamp: "1",
  max_replication_slots: String(room.slots),
  max_wal_senders: String(room.senders),
  max_worker_processes: String(room.workers),
});

const running = ({ conflicts, room }: PglogicalDatabaseSpec): Readonly<Record<string, string>> => ({
  "pglogical.conflict_resolution": conflicts,
  "pglogical.conflict_log_level": "log",
  // A region that is away may not fill the disk of one that serves (MiB).
  max_slot_wal_keep_size: String(room.heldMib),
  // When a connection fails pglogical names its password in the detail of the message.
  log_error_verbosity: "terse",
  "rds.force_ssl": "1",
  ssl_min_protocol_version: "TLSv1.2",
});

/** Settings of the server. */
export function pglogicalParameters(
  spec: PglogicalDatabaseSpec,
  tags: Readonly<Record<string, string>>,
  parent: Resource,
): ParameterGroup {
  const all = (values: Readonly<Record<string, string>>, applyMethod: string) =>
    Object.entries(values).map(([name, value]) => ({ name, value, applyMethod }));
  return new ParameterGroup(
    spec.name,
    {
      namePrefix: `${spec.prefix}-`,
      family: `postgres${spec.version}`,
      description: `PostgreSQL of ${spec.region}`,
      parameters: [...all(restarting(spec), "pending-reboot"), ...all(running(spec), "immediate")],
      tags,
    },
    { parent },
  );
}
