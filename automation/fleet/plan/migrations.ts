/** Which databases of a region a change of the schema goes through, and how far. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { MigrationPhase, MigrationsSpec, MigrationTarget } from "../specs/kubernetes/migrations";
import { cellOf, isWriter, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";
import { type Cnpg, postgresEndpoint } from "./postgres";
import { clusterName, queryClusterName } from "./postgres-names";

type Labels = NonNullable<PlatformManifest["metadata"]["labels"]>;

/** Label of the platform: how far the schema has come. Not written: only what no old version minds. */
export const PHASE_LABEL = "meridian.dev/migrations";
/** Label of the platform: the version of the schema, and the tag of the image that holds its files. */
export const VERSION_LABEL = "meridian.dev/schema-version";

const PHASES: readonly MigrationPhase[] = ["expand", "migrate", "contract"];
const LOCK_TIMEOUT_SECONDS = 5;

/** A word that is no phase stays at the beginning: nothing is taken away by a misspelling. */
const phaseOf = (labels: Labels): MigrationPhase =>
  PHASES.find((phase) => phase === labels[PHASE_LABEL]) ?? "expand";

function versionOf(labels: Labels): number {
  const written = Number(labels[VERSION_LABEL] ?? "1");
  return Number.isSafeInteger(written) && written > 0 ? written : 1;
}

/** The copy first: it has to be able to take what the writer's new columns bring. */
function targetsOf(input: PlanInput, postgres: Cnpg, region: string): readonly MigrationTarget[] {
  const cell = cellOf(input, region);
  const [writer] = cell.writers;
  const inCluster = (cluster: string): string => `${cluster}-rw.${postgres.namespace}.svc`;
  const own = clusterName(region);
  const copy = writer === undefined ? own : queryClusterName(writer.region, writer.epoch);
  return [
    ...(postgres.readReplicas === undefined
      ? []
      : [
          {
            cluster: copy,
            host: inCluster(copy),
            login: `${copy}-superuser`,
            copy: true,
            subscription: `${copy}_${postgres.database}`.replaceAll("-", "_"),
          },
        ]),
    ...(isWriter(cell, region)
      ? [{ cluster: own, host: inCluster(own), login: `${own}-owner`, copy: false }]
      : []),
  ];
}

/** Migrations of one region; a region that only follows physically has none of its own. */
export function migrationsSpec(
  input: PlanInput,
  postgres: Cnpg,
  region: PlannedRegion,
): MigrationsSpec | undefined {
  const { platform } = input.fleet;
  const { apps } = platform.spec.services;
  const targets = targetsOf(input, postgres, region.name);
  if (postgres.migrations !== "expand-contract" || apps?.engine !== "deployment" || targets.length === 0)
    return undefined;
  const labels = { ...platform.spec.labels, ...platform.metadata.labels };
  const version = versionOf(labels);
  const cell = cellOf(input, region.name);
  const writer = input.regions.find(({ name }) => name === writerOf(cell));
  const cluster = clusterName(writer?.name ?? region.name);
  const inCluster = `${cluster}-rw.${postgres.namespace}.svc`;
  const away = writer === undefined || writer.name === region.name ? undefined : postgresEndpoint(writer);
  return {
    kind: "migrations/expand-contract",
    name: "migrations",
    namespace: postgres.namespace,
    image: `${apps.registry}/migrations:${String(version)}`,
    postgresVersion: postgres.version,
    database: postgres.database,
    owner: postgres.owner,
    version,
    upTo: phaseOf(labels),
    lockTimeoutSeconds: LOCK_TIMEOUT_SECONDS,
    targets,
    writer: {
      cluster,
      host: away?.host ?? inCluster,
      username: postgres.owner,
      password: postgres.ownerPassword,
    },
  };
}
