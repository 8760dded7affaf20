/** Commits that wait for another region, and what is published for query replicas. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type {
  PostgresPublication,
  PostgresTopology,
  SynchronousReplication,
} from "../specs/kubernetes/postgres";
import type { Cell } from "../topology";
import type { PlanInput } from "./plan-input";
import { clusterName } from "./postgres-names";

type Cnpg = Extract<NonNullable<PlatformManifest["spec"]["services"]["postgres"]>, { engine: "cnpg" }>;

const DEFAULT: SynchronousReplication = { standbys: 1, dataDurability: "required" };

/** The standbys of the cell confirm; a writer alone waits for the instances beside its primary. */
export function synchronousIn(
  { regions }: PlanInput,
  { standbys }: Cell,
  topology: PostgresTopology,
  written: SynchronousReplication | undefined,
): SynchronousReplication {
  const wanted = written ?? DEFAULT;
  const across = regions
    .filter(({ name }) => topology.kind === "distributed" && standbys.includes(name))
    .map(({ name }) => clusterName(name));
  return { ...wanted, ...(across.length === 0 ? {} : { across }) };
}

/** A subscriber away for longer than this much WAL is copied anew; the primary's disk stays free. */
const KEPT_WAL = "10GB";

/** Nothing without query replicas; nothing beside several writers, whose publications serve these too. */
export function publicationOf(
  { readReplicas, replication }: Cnpg,
  { kind }: PostgresTopology,
): { readonly publication?: PostgresPublication } {
  if (readReplicas === undefined || kind === "multi-writer") return {};
  const { user, password } = replication.logical;
  return { publication: { user, password, databases: readReplicas.databases, keepWal: KEPT_WAL } };
}
