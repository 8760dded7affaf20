import type {
  RoutingCell,
  RoutingRegion,
  RoutingTable,
} from "../../../automation/fleet/specs/cloudflare/routing-table";

/** A routing table with its look-ups made once, not for each request. */
export interface IndexedTable {
  readonly table: RoutingTable;
  readonly regions: ReadonlyMap<string, RoutingRegion>;
  readonly cells: ReadonlyMap<string, RoutingCell>;
  /** The cell that takes what belongs to no workspace, by the region that is asked. */
  readonly cellAt: ReadonlyMap<string, RoutingCell>;
}

export function indexTable(table: RoutingTable): IndexedTable {
  const cellAt = new Map<string, RoutingCell>();
  const claim = (names: readonly string[], cell: RoutingCell) => {
    for (const name of names) if (!cellAt.has(name)) cellAt.set(name, cell);
  };
  for (const cell of table.cells) claim(cell.writers.map(({ region }) => region), cell); // prettier-ignore
  for (const cell of table.cells) claim([...cell.standbys, ...cell.readers], cell);
  return {
    table,
    regions: new Map(table.regions.map((region) => [region.name, region])),
    cells: new Map(table.cells.map((cell) => [cell.name, cell])),
    cellAt,
  };
}
