/**
 * The routing function against its law, over platforms, requests and faults made at random: nothing in a
 * request moves a workspace's data outside its jurisdictions, and writes go to their owner or nowhere.
 */
import fc from "fast-check";
import { lawfulRegions } from "../../automation/fleet/plan/routing-table";
import type {
  CountryPlatform,
  RoutingCell,
  RoutingEntry,
  RoutingTable,
} from "../../automation/fleet/specs/cloudflare/routing-table";
import type { Decision, RegionView, RouterState } from "../../components/edge/worker/decision";
import { factsOf, type RequestLine } from "../../components/edge/worker/facts";
import { indexTable } from "../../components/edge/worker/index-table";
import { route } from "../../components/edge/worker/route";
import { hse } from "./hse";

const { table: base } = hse();
const REGIONS = ["a", "b", "c", "d", "e"];
const LAWS = ["EU", "EEA", "US", "SG", "IN"];
const COUNTRIES = ["DE", "US", "SG", "IN", "XX", "T1", "", "__proto__"];
const WORKSPACES = ["acme", "zen", "north"];
const PLATFORMS: readonly CountryPlatform[] = ["cloudflare", "aws", "vercel", "custom"];
const COUNTRY_HEADERS = ["cf-ipcountry", "cloudfront-viewer-country", "x-vercel-ip-country", "x-geo-country"];

const region = fc.constantFrom(...REGIONS);
const some = <T>(values: readonly T[], most = 3) => fc.subarray([...values], { maxLength: most });

interface Law {
  readonly jurisdictions: readonly string[];
  readonly transfers: readonly string[];
}
const law: fc.Arbitrary<Law> = fc.record({ jurisdictions: some(LAWS, 2), transfers: some(LAWS, 1) });
const residency = ({ jurisdictions, transfers }: Law) => ({
  jurisdictions: [...jurisdictions],
  dataClasses: [],
  transfers: transfers.map((to) => ({ to, basis: "scc" as const, since: "2025-01-01" })),
});

/** The law in its own words, not the builder's. */
const isLegal = (jurisdictions: readonly string[], workspace: Law, platform: Law): boolean => {
  if (workspace.jurisdictions.length > 0) {
    return jurisdictions.some((one) =>
      [...workspace.jurisdictions, ...workspace.transfers, ...platform.transfers].includes(one),
    );
  }
  if (platform.jurisdictions.length === 0) return true;
  return jurisdictions.some((one) =>
    [...platform.jurisdictions, ...platform.transfers, ...workspace.transfers].includes(one),
  );
};

const cells: fc.Arbitrary<readonly RoutingCell[]> = fc
  .array(
    fc.record({
      writers: fc.array(fc.record({ region, epoch: fc.nat(5) }), { maxLength: 2 }),
      standbys: some(REGIONS),
      readers: some(REGIONS),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((cell, at) => ({ ...cell, name: `cell-${at}` })));

interface World {
  readonly table: RoutingTable;
  readonly entries: ReadonlyMap<string, RoutingEntry>;
  readonly laws: ReadonlyMap<string, Law>;
  readonly platformLaw: Law;
  readonly state: RouterState;
}

const view: fc.Arbitrary<RegionView> = fc.record({
  down: fc.boolean(),
  open: fc.boolean(),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  lag: fc.nat(120),
});

const world: fc.Arbitrary<World> = fc
  .record({
    jurisdictions: fc.tuple(...REGIONS.map(() => some(LAWS, 2))),
    cells,
    geo: fc.record({
      countries: fc.dictionary(fc.constantFrom("DE", "US", "SG"), region),
      continents: fc.dictionary(fc.constantFrom("europe", "asia", "north-america"), region),
      fallback: region,
    }),
    platformLaw: law,
    laws: fc.tuple(...WORKSPACES.map(() => law)),
    placed: fc.tuple(
      ...WORKSPACES.map(() =>
        fc.record({ home: region, replicas: some(REGIONS), preferred: region, cell: fc.nat(2) }),
      ),
    ),
    views: fc.dictionary(region, view),
    epochs: fc.dictionary(fc.constantFrom("cell-0", "cell-1"), fc.nat(6)),
    tenantPreference: fc.boolean(),
    retries: fc.nat(2),
  })
  .map((made): World => {
    const places = REGIONS.map((name, at) => ({ name, jurisdictions: made.jurisdictions[at] ?? [] }));
    const lawfulUnder = (...bound: readonly Law[]) => lawfulRegions(places, ...bound.map(residency));
    return {
      platformLaw: made.platformLaw,
      laws: new Map(
        WORKSPACES.map((name, at) => [name, made.laws[at] ?? { jurisdictions: [], transfers: [] }]),
      ),
      entries: new Map(
        made.placed.map(({ cell, ...entry }, at) => [
          WORKSPACES[at] ?? "",
          {
            ...entry,
            cell: `cell-${cell}`,
            lawful: lawfulUnder(made.laws[at] ?? made.platformLaw, made.platformLaw),
          },
        ]),
      ),
      state: { regions: new Map(Object.entries(made.views)), epochs: new Map(Object.entries(made.epochs)) },
      table: {
        ...base,
        ...made.geo,
        cells: made.cells,
        tenantPreference: made.tenantPreference,
        retries: made.retries,
        lawful: lawfulUnder(made.platformLaw),
        regions: places.map((place) => ({
          ...place,
          origin: `https://${place.name}.example`,
          nearest: REGIONS.filter((name) => name !== place.name),
        })),
      },
    };
  });

/** Whatever a client can write, workspace names aside. */
const clientHeaders = fc.record(
  Object.fromEntries([
    ...COUNTRY_HEADERS.map((name) => [name, fc.constantFrom(...COUNTRIES)] as const),
    ["cookie", fc.constantFrom("region=us-east", "meridian-region=b")],
    ["x-forwarded-host", fc.constantFrom("a.example", "zen.app.hse-digital.example")],
    ["x-forwarded-for", fc.constantFrom("192.0.2.1", "::1")],
    ["meridian-region", region],
    ["meridian-epoch", fc.constantFrom("0", "99")],
    ["meridian-consistency", fc.constantFrom("strong", "eventual")],
    ["upgrade", fc.constant("websocket")],
  ]),
  { requiredKeys: [] },
) as fc.Arbitrary<Readonly<Record<string, string>>>;

interface Sent {
  readonly method: string;
  readonly workspace: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly platform: CountryPlatform | undefined;
}
const sent: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"),
  workspace: fc.option(fc.constantFrom(...WORKSPACES, "unknown"), { nil: undefined }),
  headers: clientHeaders,
  platform: fc.option(fc.constantFrom(...PLATFORMS), { nil: undefined }),
});

function decide({ table, entries, state }: World, { headers, method, platform, workspace }: Sent): Decision {
  const all = workspace === undefined ? headers : { ...headers, "meridian-workspace": workspace };
  const header: RequestLine["header"] = (name) => (all as Record<string, string | undefined>)[name] ?? null;
  const facts = factsOf({ method, platform, header, host: table.hostname, path: "/" }, table);
  if (facts.kind === "refuse") return facts;
  return route(facts, indexTable(table), entries.get(facts.workspace ?? ""), state);
}

const RUNS = { numRuns: 3_000 };
const isWrite = ({ method }: Sent): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

test("no request, header or cookie moves data outside its jurisdictions", () => {
  fc.assert(
    fc.property(world, sent, (made, request) => {
      const decision = decide(made, request);
      if (decision.kind === "refuse") return;
      const own = made.laws.get(request.workspace ?? "") ?? made.platformLaw;
      const places = new Map(made.table.regions.map(({ name, jurisdictions }) => [name, jurisdictions]));
      for (const reached of [decision.region, ...decision.also]) {
        expect(isLegal(places.get(reached) ?? [], own, made.platformLaw)).toBe(true);
      }
    }),
    RUNS,
  );
});

test("a write goes to an owner of its cell, once, and never by a table that is older than what was heard", () => {
  fc.assert(
    fc.property(world, sent, (made, request) => {
      const decision = decide(made, request);
      if (!isWrite(request) || decision.kind === "refuse") return;
      const cell = made.table.cells.find(({ name }) => name === decision.cell);
      expect(cell?.writers.map((writer) => writer.region)).toContain(decision.region);
      expect(decision.also).toEqual([]);
      expect(decision.epoch).toBe(Math.max(...(cell?.writers ?? []).map(({ epoch }) => epoch)));
      expect(decision.epoch).toBeGreaterThanOrEqual(made.state.epochs.get(decision.cell) ?? 0);
    }),
    RUNS,
  );
});

test("a workspace is read only where it has a copy: at home, where copies may be read, at the owner or a standby", () => {
  fc.assert(
    fc.property(world, sent, (made, request) => {
      const entry = made.entries.get(request.workspace ?? "");
      const decision = decide(made, request);
      if (entry === undefined || decision.kind === "refuse") return;
      const cell = made.table.cells.find(({ name }) => name === entry.cell);
      const copies = [
        entry.home,
        ...entry.replicas,
        ...(cell?.standbys ?? []),
        ...(cell?.writers ?? []).map((writer) => writer.region),
      ];
      expect(copies).toEqual(expect.arrayContaining([decision.region, ...decision.also]));
    }),
    RUNS,
  );
});

test("what strangers say of a country, or of the router's own headers, changes nothing", () => {
  fc.assert(
    fc.property(world, sent, clientHeaders, (made, request, lies) => {
      const wishes = ["meridian-consistency", "upgrade"];
      const trusted = base.countryHeaders.find(({ platform }) => platform === request.platform)?.header;
      const untrusted = Object.fromEntries(
        Object.entries(lies).filter(([name]) => name !== trusted && !wishes.includes(name)),
      );
      const headers = { ...request.headers, ...untrusted };
      expect(decide(made, { ...request, headers })).toEqual(decide(made, request));
    }),
    RUNS,
  );
});

test("whatever is down or open, a request is answered: by a region that exists, or by a refusal that says why", () => {
  fc.assert(
    fc.property(world, sent, (made, request) => {
      const decision = decide(made, request);
      if (decision.kind === "refuse") {
        expect(decision.retryAfter === undefined).toBe(decision.status !== 503);
        return;
      }
      expect(made.state.regions.get(decision.region)?.open ?? false).toBe(false);
      expect(new Set([decision.region, ...decision.also]).size).toBe(1 + decision.also.length);
      expect(decision.also.length).toBeLessThanOrEqual(made.table.retries);
    }),
    RUNS,
  );
});

test("a region that is well is asked before one that is down", () => {
  fc.assert(
    fc.property(world, sent, (made, request) => {
      const decision = decide(made, request);
      if (decision.kind === "refuse" || !decision.failStatic || isWrite(request)) return;
      for (const other of decision.also) expect(made.state.regions.get(other)?.down).toBe(true);
    }),
    RUNS,
  );
});
