/** Where each service's data flows between regions: derived from cells and engines, never written down. */
import type { PlatformManifest } from "../manifest/schema/manifest";
import { membersOf } from "./cells";
import type { Cell, ReplicationEdge, ReplicationMode } from "./topology";

type Services = PlatformManifest["spec"]["services"];
type Flow = Pick<ReplicationEdge, "from" | "to" | "mode" | "direction">;

/** Every unordered pair, in the order of the regions. */
const pairs = (regions: readonly string[]): readonly (readonly [string, string])[] =>
  regions.flatMap((from, index) => regions.slice(index + 1).map((to) => [from, to] as const));

const writersOf = (cell: Cell): readonly string[] => cell.writers.map((writer) => writer.region);

const mutual = (regions: readonly string[], mode: ReplicationMode): readonly Flow[] =>
  pairs(regions).map(([from, to]) => ({ from, to, mode, direction: "two-way" }));

function fanOut(from: string | undefined, to: readonly string[], mode: ReplicationMode): readonly Flow[] {
  if (from === undefined) return [];
  return to.filter((one) => one !== from).map((one) => ({ from, to: one, mode, direction: "one-way" }));
}

/** From the (first) writer to all others, and both ways among several writers. */
function fromOwners(cell: Cell, one: ReplicationMode, several: ReplicationMode): readonly Flow[] {
  const writers = writersOf(cell);
  return [...mutual(writers, several), ...fanOut(writers[0], [...cell.standbys, ...cell.readers], one)];
}

function postgresFlows(postgres: NonNullable<Services["postgres"]>, cell: Cell): readonly Flow[] {
  switch (postgres.engine) {
    case "cnpg": {
      const [writer] = writersOf(cell);
      const sync = postgres.replication.mode === "sync";
      return [
        ...mutual(writersOf(cell), "logical"),
        ...fanOut(writer, cell.standbys, sync ? "sync" : "async"),
        ...fanOut(writer, cell.readers, postgres.readReplicas === undefined ? "async" : "logical"),
        ...(postgres.readReplicas === undefined ? [] : fanOut(writer, cell.standbys, "logical")),
      ];
    }
    case "pglogical":
      return fromOwners(cell, "logical", "logical");
    case "streaming":
      return fromOwners(cell, "async", "logical");
  }
}

function redisFlows(redis: NonNullable<Services["redis"]>, cell: Cell): readonly Flow[] {
  switch (redis.engine) {
    case "azure-cache":
      return redis.geoReplication ? fanOut(writersOf(cell)[0], membersOf(cell), "async") : [];
    case "enterprise":
      return redis.crdt ? mutual(membersOf(cell), "multi-writer") : fromOwners(cell, "async", "multi-writer");
    case "cluster":
      return redis.sessionSync ? mutual(membersOf(cell), "async") : [];
  }
}

function objectFlows(store: NonNullable<Services["objectStore"]>, cell: Cell): readonly Flow[] {
  switch (store.engine) {
    case "r2":
      return [];
    case "minio":
      return store.siteReplication ? mutual(membersOf(cell), "object") : [];
    case "s3": {
      const copies = new Set(store.buckets.flatMap((bucket) => bucket.replicateTo));
      return fanOut(
        writersOf(cell)[0],
        membersOf(cell).filter((region) => copies.has(region)),
        "object",
      );
    }
  }
}

function mongodbFlows(mongodb: NonNullable<Services["mongodb"]>, cell: Cell): readonly Flow[] {
  const used = membersOf(cell);
  const regions = [...new Set(mongodb.members.map((member) => member.region))].filter((region) =>
    used.includes(region),
  );
  return fanOut(writersOf(cell)[0], regions, "quorum");
}

function flowsOf(services: Services, cell: Cell): readonly (readonly [string, string, readonly Flow[]])[] {
  const { postgres, mongodb, cosmos, redis, objectStore, messaging, workflow, secrets } = services;
  const others = membersOf(cell);
  const [owner] = writersOf(cell);
  return [
    ...(postgres === undefined
      ? []
      : [["postgres", postgres.engine, postgresFlows(postgres, cell)] as const]),
    ...(mongodb === undefined ? [] : [["mongodb", mongodb.engine, mongodbFlows(mongodb, cell)] as const]),
    ...(cosmos === undefined
      ? []
      : [
          [
            "cosmos",
            cosmos.engine,
            cosmos.multiRegionWrites ? mutual(others, "multi-writer") : fanOut(owner, others, "async"),
          ] as const,
        ]),
    ...(redis === undefined ? [] : [["redis", redis.engine, redisFlows(redis, cell)] as const]),
    ...(objectStore === undefined
      ? []
      : [["objectStore", objectStore.engine, objectFlows(objectStore, cell)] as const]),
    ...(messaging === undefined
      ? []
      : [["messaging", messaging.engine, fanOut(owner, others, "async")] as const]),
    ...(workflow === undefined || !workflow.namespaceReplication
      ? []
      : [["workflow", workflow.engine, fanOut(owner, cell.standbys, "async")] as const]),
    ...(secrets?.engine === "vault" && secrets.replication === "performance"
      ? [["secrets", secrets.engine, fanOut(owner, others, "async")] as const]
      : []),
  ];
}

/** Every edge of every cell, in the order of cells and services. */
export const replicationEdges = (services: Services, cells: readonly Cell[]): readonly ReplicationEdge[] =>
  cells.flatMap((cell) =>
    flowsOf(services, cell).flatMap(([service, engine, flows]) =>
      flows.map((flow) => ({ cell: cell.name, service, engine, ...flow })),
    ),
  );
