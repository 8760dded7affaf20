import type { RegionManifest } from "../manifest/schema/manifest";
import { expandCells, membersOf, roleOf } from "./cells";
import type { PlatformFleet } from "./fleet";
import { replicationEdges } from "./replication";
import { shardName } from "../manifest/shards";
import type { Cell, Objective, Topology, TopologyRegion, WorkspacePlacement } from "./topology";
import { trafficShares } from "./traffic-shares";

/** What the catalog knows of a location. */
export interface LocationFacts {
  /** As its cloud writes it: `East US`. */
  readonly displayName: string;
  readonly country: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly jurisdictions: readonly string[];
}

/** Looks a location up; a rule has already refused the unknown ones. */
export type Locate = (cloud: string, location: string) => LocationFacts | undefined;

const UNKNOWN_PLACE: LocationFacts = {
  displayName: "unknown",
  country: "ZZ",
  city: "unknown",
  latitude: 0,
  longitude: 0,
  jurisdictions: [],
};

/** Whose machines a region runs on. */
export function cloudOf({ spec: { cloud, provider } }: RegionManifest): TopologyRegion["cloud"] {
  if (cloud !== undefined) return cloud;
  return provider === "kubernetes" ? "local" : provider;
}

function regionOf(manifest: RegionManifest, cells: readonly Cell[], locate: Locate): TopologyRegion {
  const { provider, location } = manifest.spec;
  const cloud = cloudOf(manifest);
  const place = locate(cloud, location) ?? UNKNOWN_PLACE;
  const { name } = manifest.metadata;
  return { name, cloud, provider, location, role: roleOf(name, cells), ...place };
}

function objectivesOf({ objectives }: PlatformFleet["platform"]["spec"]): readonly Objective[] {
  return (["component", "region", "corruption"] as const).flatMap((fault) => {
    const target = objectives[fault];
    return target === undefined ? [] : [{ fault, rpo: target.rpo, rto: target.rto }];
  });
}

function placementsOf(
  { platform, workspaces }: PlatformFleet,
  cells: readonly Cell[],
): readonly WorkspacePlacement[] {
  const cellOf = new Map(
    cells.flatMap((cell) => [...membersOf(cell)].reverse().map((region) => [region, cell.name])),
  );
  for (const cell of cells) for (const { region } of cell.writers) cellOf.set(region, cell.name);
  const { shards } = platform.spec.workspaces;
  return workspaces.map(({ metadata: { name }, spec: { homeRegion, replicaRegions } }) => ({
    workspace: name,
    cell: cellOf.get(homeRegion) ?? "default",
    homeRegion,
    replicaRegions,
    shard: shardName(homeRegion, name, shards),
  }));
}

/** A platform's manifests and the catalog to the one value that plans, pictures and rules read. */
export function buildTopology(fleet: PlatformFleet, locate: Locate): Topology {
  const { spec, metadata } = fleet.platform;
  const cells = expandCells(spec);
  const regions = fleet.regions.map((region) => regionOf(region, cells, locate));
  return {
    platform: metadata.name,
    shape: spec.topology,
    regions,
    cells,
    replication: replicationEdges(spec.services, cells),
    traffic: trafficShares(fleet, cells),
    objectives: objectivesOf(spec),
    placements: placementsOf(fleet, cells),
  };
}
