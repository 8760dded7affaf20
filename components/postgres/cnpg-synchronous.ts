/**
 * Which standbys a commit waits for.
 *
 * CNPG fills `synchronous_standby_names` with the instances of its own Kubernetes cluster, and lets one name
 * others around them. It cannot see whether those are healthy, so it admits no `preferred` with them, and
 * PostgreSQL's priorities do it instead: the other region is named first, so it is one of the `number` that
 * must confirm as long as it streams; when it does not, the next instance beside the primary takes its place.
 *
 * What is guaranteed while the other region streams: a commit that was acknowledged is on disk there and on
 * one instance beside the primary, so neither failover loses it. What is not: PostgreSQL tells no client when the
 * other region has fallen out, so how far it is behind then is an alert, and a region lost at that moment costs
 * that much. A session that sets `synchronous_commit` lower opts out.
 */
import type {
  PostgresCnpgSpec,
  SynchronousReplication,
} from "../../automation/fleet/specs/kubernetes/postgres";

type Wanted = Pick<PostgresCnpgSpec, "instances" | "synchronous">;

/** The `postgresql.synchronous` of a Cluster, where it has one. */
export function synchronousOf({ instances, synchronous }: Wanted) {
  if (synchronous === undefined) return {};
  const { standbys, dataDurability, across = [] } = synchronous;
  const beside = instances - 1;
  // With nobody beside the primary to stand in, only the operator's own list can let writes go on.
  if (across.length === 0 || (dataDurability === "preferred" && beside === 0)) {
    return { synchronous: { method: "any", number: standbys, dataDurability } };
  }
  return { synchronous: acrossRegions(synchronous, across, beside) };
}

function acrossRegions(
  { standbys, dataDurability }: SynchronousReplication,
  across: readonly string[],
  beside: number,
) {
  const wanted = Math.min(standbys, across.length);
  const strict = dataDurability === "required";
  // Strict: just as many names as confirmations. Else one name more, so that the loss of any one is borne.
  const local = strict ? Math.min(beside, 1) : beside;
  const bearable = across.length + local - (strict ? 0 : 1);
  return {
    method: "first",
    number: Math.max(1, Math.min(wanted + Math.min(beside, 1), bearable)),
    dataDurability: "required",
    standbyNamesPre: [...across],
    maxStandbyNamesFromCluster: local,
  };
}
