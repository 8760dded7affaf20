import type { RoutingTable } from "../../automation/fleet/specs/cloudflare/routing-table";
import type { Decision, RegionView, RouterState } from "../../components/edge/worker/decision";
import { factsOf, type RequestLine } from "../../components/edge/worker/facts";
import { indexTable } from "../../components/edge/worker/index-table";
import { route } from "../../components/edge/worker/route";
import { hse, type Made, portarium } from "./hse";

const [HSE, PORTARIUM] = [hse(), portarium()];
const DOWN: RegionView = { down: true, share: 0, open: false };
const OPEN: RegionView = { down: false, share: 1, open: true };
const BACK: RegionView = { down: false, share: 0, open: false };

const state = (
  regions: Readonly<Record<string, RegionView>> = {},
  epochs: readonly (readonly [string, number])[] = [],
): RouterState => ({
  regions: new Map(Object.entries(regions)),
  epochs: new Map(epochs),
});

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
  readonly host?: string;
  readonly platform?: RequestLine["platform"] | "nobody";
}

function ask({ table, entries }: Made, asked: Asked, now = state(), as: RoutingTable = table): Decision {
  const { headers = {}, method = "GET", path = "/", host = table.hostname } = asked;
  const platform = asked.platform === "nobody" ? undefined : (asked.platform ?? "cloudflare");
  const facts = factsOf({ method, path, host, platform, header: (name) => headers[name] ?? null }, as);
  if (facts.kind === "refuse") return facts;
  const entry = facts.workspace === undefined ? undefined : entries.get(facts.workspace);
  return route(facts, indexTable(as), entry, now);
}

/** `eu-west > us-east`: where it goes, and where it would be tried again. */
const shown = (decision: Decision): string =>
  decision.kind === "refuse"
    ? `${decision.status} ${decision.code}${decision.retryAfter === undefined ? "" : ` after ${decision.retryAfter}`}`
    : [decision.region, ...decision.also].join(" > ") + (decision.failStatic ? " (fail-static)" : "");

const from = (country: string) => ({ "cf-ipcountry": country });
const of = (workspace: string, more = {}) => ({ "meridian-workspace": workspace, ...more });

describe("the geography of the HSE document", () => {
  test.each([
    { country: "US", to: "us-east > eu-west" },
    { country: "BR", to: "us-east > eu-west" },
    { country: "DE", to: "eu-west > us-east" },
    { country: "ZA", to: "eu-west > us-east" },
    { country: "SG", to: "ap-southeast > eu-west" },
    { country: "AU", to: "ap-southeast > eu-west" },
    { country: "XX", to: "us-east > eu-west" },
    { country: "T1", to: "us-east > eu-west" },
    { country: "constructor", to: "us-east > eu-west" },
  ])("$country", ({ country, to }) => {
    expect(shown(ask(HSE, { headers: from(country) }))).toBe(to);
  });

  test.each([
    { name: "Cloudflare", platform: "cloudflare" as const, to: "eu-west > us-east" },
    { name: "AWS", platform: "aws" as const, to: "ap-southeast > eu-west" },
    { name: "Vercel", platform: "vercel" as const, to: "us-east > eu-west" },
    { name: "a custom platform", platform: "custom" as const, to: "eu-west > us-east" },
    { name: "nobody known", platform: "nobody" as const, to: "us-east > eu-west" },
  ])("of four headers only that of $name counts when it sent the request", ({ platform, to }) => {
    const headers = {
      "cf-ipcountry": "DE",
      "cloudfront-viewer-country": "SG",
      "x-vercel-ip-country": "US",
      "x-geo-country": "FR",
    };
    expect(shown(ask(HSE, { headers, platform }))).toBe(to);
  });

  test("a country's rule wins over its continent's", () => {
    const table = { ...HSE.table, countries: { DE: "us-east" } };
    expect(shown(ask(HSE, { headers: from("DE") }, state(), table))).toBe("us-east > eu-west");
    expect(shown(ask(HSE, { headers: from("FR") }, state(), table))).toBe("eu-west > us-east");
  });
});

describe("a workspace", () => {
  test.each([
    {
      name: "writes to the owner, wherever its user is",
      asked: { method: "POST", headers: of("merlion-ports", from("SG")) },
      to: "us-east",
    },
    {
      name: "reads in the region it prefers",
      asked: { headers: of("merlion-ports", from("US")) },
      to: "ap-southeast > us-east",
    },
    {
      name: "reads nearest to its user without a preference",
      asked: { headers: of("gulf-drilling", from("FR")) },
      to: "eu-west > us-east",
    },
    {
      name: "is never read where it has no copy",
      asked: { headers: of("hansa-chemie", from("SG")) },
      to: "eu-west > us-east",
    },
    {
      name: "reads its own writes from the owner",
      asked: { headers: of("merlion-ports", { "meridian-consistency": "strong" }) },
      to: "us-east",
    },
    {
      name: "keeps a connection with the owner",
      asked: { headers: of("merlion-ports", { upgrade: "websocket" }) },
      to: "us-east",
    },
    {
      name: "is named in the path",
      asked: { path: "/api/v1/workspaces/merlion-ports/files" },
      to: "ap-southeast > us-east",
    },
    {
      name: "is named in the host",
      asked: { host: "merlion-ports.app.hse-digital.example" },
      to: "ap-southeast > us-east",
    },
    {
      name: "may be named twice",
      asked: { path: "/workspaces/merlion-ports", headers: of("merlion-ports") },
      to: "ap-southeast > us-east",
    },
    {
      name: "is one",
      asked: { path: "/workspaces/merlion-ports", headers: of("hansa-chemie") },
      to: "400 ambiguous-workspace",
    },
    { name: "must be known", asked: { headers: of("nobody") }, to: "404 unknown-workspace" },
    {
      name: "is not a property of every object",
      asked: { headers: of("constructor") },
      to: "404 unknown-workspace",
    },
  ])("$name", ({ asked, to }) => {
    expect(shown(ask(HSE, asked))).toBe(to);
  });

  test.each([
    {
      name: "an EU one read from the US",
      asked: { headers: of("borealis", from("US")) },
      to: "eu-central > eu-north",
    },
    {
      name: "a US one read from Germany",
      asked: { headers: of("cascade", from("DE")) },
      to: "us-east > us-west",
    },
    {
      name: "an EU one written to from the US",
      asked: { method: "PUT", headers: of("borealis", from("US")) },
      to: "eu-central",
    },
    {
      name: "one without copies, and its standby in reserve",
      asked: { headers: of("sandbox-eu") },
      to: "eu-central > eu-north",
    },
    { name: "no workspace, from the US", asked: { method: "POST", headers: from("US") }, to: "us-east" },
    { name: "no workspace, from nowhere", asked: { method: "POST" }, to: "eu-central" },
  ])("two cells: $name", ({ asked, to }) => {
    const headers = { ...asked.headers };
    const table = { ...PORTARIUM.table, countryHeaders: HSE.table.countryHeaders };
    expect(shown(ask(PORTARIUM, { ...asked, headers }, state(), table))).toBe(to);
  });
});

describe("when regions fail", () => {
  const read = { headers: of("gulf-drilling", from("FR")) };
  const write = { method: "POST", headers: of("gulf-drilling") };
  test.each([
    { name: "reads go to the next", asked: read, regions: { "eu-west": DOWN }, to: "us-east > ap-southeast" },
    {
      name: "an open circuit is not asked",
      asked: read,
      regions: { "eu-west": OPEN },
      to: "us-east > ap-southeast",
    },
    {
      name: "one that is coming back waits",
      asked: read,
      regions: { "eu-west": BACK },
      to: "us-east > ap-southeast",
    },
    {
      name: "a copy too far behind comes last",
      asked: read,
      regions: { "eu-west": { ...BACK, share: 1, lag: 61 } },
      to: "us-east > ap-southeast",
    },
    {
      name: "a copy as far behind as allowed is read",
      asked: read,
      regions: { "eu-west": { ...BACK, share: 1, lag: 60 } },
      to: "eu-west > us-east",
    },
    {
      name: "reads are tried when all looks down",
      asked: read,
      regions: { "us-east": DOWN, "eu-west": DOWN, "ap-southeast": DOWN },
      to: "eu-west > us-east (fail-static)",
    },
    {
      name: "reads are refused when all circuits are open",
      asked: read,
      regions: { "us-east": OPEN, "eu-west": OPEN, "ap-southeast": OPEN },
      to: "503 no-region after 30",
    },
    {
      name: "writes wait for their owner",
      asked: write,
      regions: { "us-east": DOWN },
      to: "503 no-owner after 30",
    },
    {
      name: "writes do not press an open circuit",
      asked: write,
      regions: { "us-east": OPEN },
      to: "503 no-owner after 30",
    },
    {
      name: "an owner that came back has its writes at once",
      asked: write,
      regions: { "us-east": BACK },
      to: "us-east",
    },
    {
      name: "writes are tried when all looks down",
      asked: write,
      regions: { "us-east": DOWN, "eu-west": DOWN, "ap-southeast": DOWN },
      to: "us-east (fail-static)",
    },
    {
      name: "a copy outside is no refuge",
      asked: { headers: of("hansa-chemie") },
      regions: { "us-east": OPEN, "eu-west": OPEN },
      to: "503 no-region after 30",
    },
  ])("$name", ({ asked, regions, to }) => {
    expect(shown(ask(HSE, asked, state(regions)))).toBe(to);
  });

  test("half of what a region had comes back to it at half way, and always the same half", () => {
    const half = state({ "eu-west": { ...BACK, share: 0.5 } });
    const went = Array.from({ length: 400 }, (_, at) =>
      shown(ask(HSE, { headers: { ...from("FR"), "cf-connecting-ip": `192.0.2.${at}` } }, half)),
    );
    const back = went.filter((to) => to.startsWith("eu-west")).length;
    expect(back).toBeGreaterThan(150);
    expect(back).toBeLessThan(250);
  });
});

describe("epochs", () => {
  const write = { method: "POST", headers: of("gulf-drilling") };
  test("writes follow their owner", () => {
    const cells = [
      { name: "default", writers: [{ region: "eu-west", epoch: 2 }], standbys: [], readers: ["us-east"] },
    ];
    expect(ask(HSE, write, state(), { ...HSE.table, cells })).toEqual({
      kind: "forward",
      region: "eu-west",
      also: [],
      cell: "default",
      epoch: 2,
      owners: ["eu-west"],
      failStatic: false,
    });
  });

  test("a table that is older than what was heard takes no writes, and still reads", () => {
    const heard = state({}, [["default", 2]]);
    expect(shown(ask(HSE, write, heard))).toBe("503 stale-table after 30");
    expect(shown(ask(HSE, { headers: of("gulf-drilling") }, heard))).toBe("us-east > eu-west");
  });

  test("an owner outside the jurisdictions is no owner: 421", () => {
    const cells = [
      { name: "eu", writers: [{ region: "us-east", epoch: 9 }], standbys: ["eu-central"], readers: [] },
    ];
    const table = { ...PORTARIUM.table, cells };
    expect(shown(ask(PORTARIUM, { method: "POST", headers: of("borealis") }, state(), table))).toBe(
      "421 outside-jurisdiction",
    );
  });

  test("a cell nobody owns takes no writes", () => {
    const cells = [{ name: "default", writers: [], standbys: [], readers: ["us-east"] }];
    expect(shown(ask(HSE, write, state(), { ...HSE.table, cells }))).toBe("503 no-owner after 30");
  });
});
