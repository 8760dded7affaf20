/**
 * A platform as nodes and edges: what every picture draws, and what other tools read as JSON.
 *
 * Pure: a Topology in, plain data out.
 */
import type {
  Cell,
  Objective,
  RegionRole,
  ReplicationEdge,
  ReplicationMode,
  Topology,
  TopologyRegion,
  TopologyShape,
} from "../../fleet/topology";

/** A cell as seen from one of its members. */
export interface CellMembership {
  readonly cell: string;
  readonly role: RegionRole;
  /** Only a writer owns the cell under an epoch. */
  readonly epoch?: number;
}

export interface GraphNode {
  /** The region's name: unique in its platform. */
  readonly id: string;
  readonly role: RegionRole;
  readonly cells: readonly CellMembership[];
  readonly cloud: TopologyRegion["cloud"];
  readonly location: string;
  readonly displayName: string;
  readonly city: string;
  readonly country: string;
  readonly jurisdictions: readonly string[];
  /** Absent when the catalog does not know where the region is. */
  readonly coordinates?: { readonly latitude: number; readonly longitude: number };
  /** Percent of the platform's traffic; 0 when it serves nobody in the steady state. */
  readonly traffic: number;
  readonly serves: readonly string[];
  /** Workspaces that live here. */
  readonly workspaces: number;
}

/** All services whose data flows between two regions in the same manner. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly mode: ReplicationMode;
  readonly direction: ReplicationEdge["direction"];
  readonly cells: readonly string[];
  readonly services: readonly string[];
}

export interface PlatformGraph {
  readonly platform: string;
  readonly shape: TopologyShape;
  readonly objectives: readonly Objective[];
  readonly cells: readonly Cell[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

function membershipsOf(region: string, cells: readonly Cell[]): readonly CellMembership[] {
  return cells.flatMap(({ name: cell, writers, standbys, readers }): readonly CellMembership[] => {
    const owner = writers.find((writer) => writer.region === region);
    if (owner !== undefined) return [{ cell, role: "writer", epoch: owner.epoch }];
    if (standbys.includes(region)) return [{ cell, role: "standby" }];
    return readers.includes(region) ? [{ cell, role: "reader" }] : [];
  });
}

/** `ZZ` is what a topology says of a location the catalog does not know. */
function coordinatesOf({ country, latitude, longitude }: TopologyRegion): Pick<GraphNode, "coordinates"> {
  const known = country !== "ZZ" && Number.isFinite(latitude) && Number.isFinite(longitude);
  return known ? { coordinates: { latitude, longitude } } : {};
}

function nodeOf(region: TopologyRegion, { cells, traffic, placements }: Topology): GraphNode {
  const { name, role, cloud, location, displayName, city, country, jurisdictions } = region;
  const share = traffic.find((one) => one.region === name);
  return {
    id: name,
    role,
    cells: membershipsOf(name, cells),
    cloud,
    location,
    displayName,
    city,
    country,
    jurisdictions,
    ...coordinatesOf(region),
    traffic: share?.percent ?? 0,
    serves: share?.serves ?? [],
    workspaces: placements.filter(({ homeRegion }) => homeRegion === name).length,
  };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort(byText);

/** Edges between the same regions, in the same mode and direction, become one. */
function edgesOf(replication: readonly ReplicationEdge[], known: ReadonlySet<string>): readonly GraphEdge[] {
  const groups = new Map<string, ReplicationEdge[]>();
  for (const edge of replication) {
    if (!known.has(edge.from) || !known.has(edge.to) || edge.from === edge.to) continue;
    const ends = edge.direction === "two-way" ? [edge.from, edge.to].sort(byText) : [edge.from, edge.to];
    const key = JSON.stringify([ends, edge.mode, edge.direction]);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  return [...groups.entries()]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([, edges]) =>
      edges.slice(0, 1).map(({ from, to, mode, direction }) => ({
        from,
        to,
        mode,
        direction,
        cells: distinct(edges.map(({ cell }) => cell)),
        services: distinct(edges.map(({ service }) => service)),
      })),
    );
}

/** Nodes in the order of the manifest, edges sorted by their ends: equal topologies give equal JSON. */
export function graphJson(topology: Topology): PlatformGraph {
  const { platform, shape, objectives, cells, regions, replication } = topology;
  return {
    platform,
    shape,
    objectives,
    cells,
    nodes: regions.map((region) => nodeOf(region, topology)),
    edges: edgesOf(replication, new Set(regions.map(({ name }) => name))),
  };
}
