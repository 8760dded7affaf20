import type { PostgresCnpgSpec } from "../../automation/fleet/specs/kubernetes/postgres";

/** The `spec` of a Pooler: PgBouncer in front of the primary. */
export const poolerSpec = (
  cluster: string,
  { instances, mode }: NonNullable<PostgresCnpgSpec["pooler"]>,
) => ({
  cluster: { name: cluster },
  type: "rw",
  instances,
  pgbouncer: { poolMode: mode },
});
