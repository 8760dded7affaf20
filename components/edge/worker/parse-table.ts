/** From text in KV to a table that can be relied on; whatever is wrong with it makes it no table at all. */
import type { RoutingShard, RoutingTable } from "../../../automation/fleet/specs/cloudflare/routing-table";
import type { HealthSnapshot } from "./health";

/** A table that is larger than this was not made by Meridian. */
const MAXIMUM = 8 * 1024 * 1024;

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isCount = (value: unknown): value is number => typeof value === "number" && value >= 0;
const isList = (value: unknown, of: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(of);
const isMap = (value: unknown, of: (item: unknown) => boolean): boolean =>
  isRow(value) && Object.values(value).every(of);
const isOrigin = (value: unknown): boolean => isText(value) && /^https?:\/\/[^/]+$/.test(value);

const isRegion = (value: unknown): boolean =>
  isRow(value) &&
  isText(value["name"]) &&
  isOrigin(value["origin"]) &&
  isList(value["jurisdictions"], isText) &&
  isList(value["nearest"], isText);

const isWriter = (value: unknown): boolean =>
  isRow(value) && isText(value["region"]) && isCount(value["epoch"]);

const isCell = (value: unknown): boolean =>
  isRow(value) &&
  isText(value["name"]) &&
  isList(value["writers"], isWriter) &&
  isList(value["standbys"], isText) &&
  isList(value["readers"], isText);

const COUNTS = ["interval", "timeout", "failures", "successes", "wait", "ramp"];

const isHealth = (value: unknown): boolean =>
  isRow(value) && isText(value["path"]) && COUNTS.every((name) => isCount(value[name]));

const isBreaker = (value: unknown): boolean =>
  isRow(value) && isCount(value["failures"]) && isCount(value["cooldown"]);

const isHeader = (value: unknown): boolean =>
  isRow(value) && isText(value["header"]) && isText(value["platform"]);

const isTable = (value: Row): boolean =>
  isText(value["platform"]) &&
  isText(value["hostname"]) &&
  isList(value["regions"], isRegion) &&
  isList(value["cells"], isCell) &&
  ["countries", "continents", "continentOf"].every((name) => isMap(value[name], isText)) &&
  isText(value["fallback"]) &&
  isList(value["lawful"], isText) &&
  isList(value["countryHeaders"], isHeader) &&
  typeof value["tenantPreference"] === "boolean" &&
  [value["shards"], value["retries"], value["retryAfter"]].every(isCount) &&
  isBreaker(value["breaker"]) &&
  isHealth(value["health"]);

const isEntry = (value: unknown): boolean =>
  isRow(value) &&
  isText(value["cell"]) &&
  isText(value["home"]) &&
  isList(value["replicas"], isText) &&
  isList(value["lawful"], isText) &&
  (value["preferred"] === undefined || isText(value["preferred"]));

function json(text: string | null): Row | undefined {
  if (text === null || text.length > MAXIMUM) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRow(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Never one without regions, cells or shards: nobody could be served by it. */
export function parseTable(text: string | null): RoutingTable | undefined {
  const value = json(text);
  if (value?.["format"] !== 1 || !isTable(value)) return undefined;
  const table = value as unknown as RoutingTable;
  const isUsable = table.regions.length > 0 && table.cells.length > 0 && table.shards >= 1;
  return isUsable && table.regions.some(({ name }) => name === table.fallback) ? table : undefined;
}

export function parseShard(text: string | null): RoutingShard | undefined {
  const value = json(text);
  const isShard =
    value?.["format"] === 1 && isMap(value["epochs"], isCount) && isMap(value["workspaces"], isEntry);
  return isShard ? (value as unknown as RoutingShard) : undefined;
}

const isRegionHealth = (value: unknown): boolean =>
  isRow(value) && typeof value["down"] === "boolean" && isCount(value["against"]);

export function parseHealth(text: string | null): HealthSnapshot | undefined {
  const value = json(text);
  return value !== undefined && isCount(value["at"]) && isMap(value["regions"], isRegionHealth)
    ? (value as unknown as HealthSnapshot)
    : undefined;
}
