import type { RegionManifest } from "../../manifest/schema/manifest";
import { membersOf } from "../cells";
import type { PlatformFleet } from "../fleet";
import type { Cell, Topology, TopologyRegion } from "../topology";

/** One region with both of its faces. */
export interface PlannedRegion {
  readonly name: string;
  readonly manifest: RegionManifest;
  readonly place: TopologyRegion;
}

/** All the planner reads: manifests for settings, topology for roles. */
export interface PlanInput {
  readonly fleet: PlatformFleet;
  readonly topology: Topology;
  /** In the platform's order; idle regions are left out. */
  readonly regions: readonly PlannedRegion[];
}

/** Regions that hold something now: those of a cell, unless they are only planned. */
export function planInput(fleet: PlatformFleet, topology: Topology): PlanInput {
  const regions = fleet.regions.flatMap((manifest): readonly PlannedRegion[] => {
    const { name } = manifest.metadata;
    const place = topology.regions.find((region) => region.name === name);
    return place === undefined || place.role === "idle" || manifest.spec.availability === "planned"
      ? []
      : [{ name, manifest, place }];
  });
  return { fleet, topology, regions };
}

const NO_CELL: Cell = { name: "default", writers: [], standbys: [], readers: [] };

/** The cell whose writes a region takes part in; its own before one it only follows. */
export function cellOf({ topology }: PlanInput, region: string): Cell {
  const own = topology.cells.find((cell) => cell.writers.some((writer) => writer.region === region));
  return own ?? topology.cells.find((cell) => membersOf(cell).includes(region)) ?? NO_CELL;
}

/** Write owner of the cell (the first one, when there are several). */
export const writerOf = (cell: Cell): string => cell.writers[0]?.region ?? "";

export const isWriter = (cell: Cell, region: string): boolean =>
  cell.writers.some((writer) => writer.region === region);
