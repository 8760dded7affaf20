import type { PlatformManifest } from "../manifest/schema/manifest";
import type { Cell, RegionRole } from "./topology";

type PlatformSpec = PlatformManifest["spec"];

/** What writers do about each other's writes when the platform does not say. */
const DEFAULT_CONFLICT = "last-write-wins";

const otherThan = (regions: readonly string[], region: string): readonly string[] =>
  regions.filter((one) => one !== region);

function isolatedCells({ regions, primary }: PlatformSpec): readonly Cell[] {
  return regions.map((region, index) => {
    const next = regions[(index + 1) % regions.length] ?? region;
    return {
      name: region,
      writers: [{ region, epoch: primary?.region === region ? primary.epoch : 1 }],
      standbys: next === region ? [] : [next],
      readers: [],
    };
  });
}

function oneCell(spec: PlatformSpec): Cell {
  const primary = spec.primary ?? { region: spec.regions[0] ?? "", epoch: 1 };
  const others = otherThan(spec.regions, primary.region);
  const single = { name: "default", writers: [primary], standbys: [], readers: [] };
  switch (spec.topology) {
    case "single":
    case "isolated":
      return single;
    case "read-replicas":
      return { ...single, readers: others };
    case "active-passive": {
      const standby = spec.standby ?? others[0];
      const standbys = standby === undefined ? [] : [standby];
      return { ...single, standbys, readers: others.filter((region) => region !== standby) };
    }
    case "active-active":
      return {
        ...single,
        writers: [primary, ...others.map((region) => ({ region, epoch: primary.epoch }))],
        conflict: spec.conflict ?? DEFAULT_CONFLICT,
      };
  }
}

/** The cells a platform means: its own, or those its `topology` is shorthand for. */
export function expandCells(spec: PlatformSpec): readonly Cell[] {
  if (spec.cells !== undefined) {
    return spec.cells.map(({ name, writers, standbys, readers, conflict }) => ({
      name,
      writers,
      standbys,
      readers,
      ...(writers.length > 1 ? { conflict: conflict ?? spec.conflict ?? DEFAULT_CONFLICT } : {}),
    }));
  }
  return spec.topology === "isolated" ? isolatedCells(spec) : [oneCell(spec)];
}

/** The most a region does in any cell. */
export function roleOf(region: string, cells: readonly Cell[]): RegionRole {
  if (cells.some((cell) => cell.writers.some((writer) => writer.region === region))) return "writer";
  if (cells.some((cell) => cell.standbys.includes(region))) return "standby";
  return cells.some((cell) => cell.readers.includes(region)) ? "reader" : "idle";
}

/** Every region a cell uses, its writers first. */
export const membersOf = (cell: Cell): readonly string[] => [
  ...new Set([...cell.writers.map((writer) => writer.region), ...cell.standbys, ...cell.readers]),
];
