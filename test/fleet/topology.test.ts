/** Topologies: cells and owners, edges, traffic and objectives, by table and for every committed platform. */
import fc from "fast-check";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { membersOf } from "../../automation/fleet/cells";
import { planFleet } from "../../automation/fleet/plan/plan-platform";
import type { Topology } from "../../automation/fleet/topology";
import { filesOf, load, locate } from "./build-manifests";
import { smallPlatform, type Small } from "./small-platform";

const topologiesOf = (files: readonly SourceFile[]): readonly Topology[] =>
  planFleet(
    load(files).map(({ manifest }) => manifest),
    locate,
  ).map(({ topology }) => topology);

const topologyOf = (small: Small): Topology => {
  const [found] = topologiesOf(smallPlatform(small));
  if (found === undefined) throw new RangeError("no platform");
  return found;
};

const THREE = ["south", "north", "east"];
const cellsOf = ({ cells }: Topology): readonly string[] =>
  cells.map(
    ({ name, writers, standbys, readers, conflict }) =>
      `${name}: ${writers.map(({ region, epoch }) => `${region}@${epoch}`).join(" ")} | ${standbys.join(" ")} | ${readers.join(" ")}${conflict === undefined ? "" : ` (${conflict})`}`,
  );

describe("cells and roles of a shape", () => {
  test.each([
    {
      topology: "single",
      cells: ["default: south@1 |  | "],
      roles: ["south writer", "north idle", "east idle"],
    },
    {
      topology: "read-replicas",
      cells: ["default: south@1 |  | north east"],
      roles: ["south writer", "north reader", "east reader"],
    },
    {
      topology: "active-passive",
      cells: ["default: south@1 | north | east"],
      roles: ["south writer", "north standby", "east reader"],
    },
    {
      topology: "active-active",
      cells: ["default: south@1 north@1 east@1 |  |  (last-write-wins)"],
      roles: ["south writer", "north writer", "east writer"],
    },
    {
      topology: "isolated",
      cells: ["south: south@1 | north | ", "north: north@1 | east | ", "east: east@1 | south | "],
      roles: ["south writer", "north writer", "east writer"],
    },
  ])("$topology", ({ topology, cells, roles }) => {
    const found = topologyOf({ topology, regions: THREE });
    expect(cellsOf(found)).toEqual(cells);
    expect(found.regions.map(({ name, role }) => `${name} ${role}`)).toEqual(roles);
  });
});

describe("replication edges", () => {
  const edges = (small: Small): readonly string[] =>
    topologyOf({ regions: THREE, ...small }).replication.map(
      ({ cell, service, from, to, mode, direction }) =>
        `${cell} ${service}: ${from} ${direction === "one-way" ? "→" : "⇄"} ${to} ${mode}`,
    );

  test.each<Small & { readonly name: string; readonly expected: readonly string[] }>([
    { name: "one region sends nothing", topology: "single", expected: [] },
    {
      name: "followers of a writer",
      topology: "read-replicas",
      expected: ["default postgres: south → north async", "default postgres: south → east async"],
    },
    {
      name: "a synchronous standby, an asynchronous reader",
      topology: "active-passive",
      services: "postgres: { engine: cnpg, replication: { mode: sync } }",
      expected: ["default postgres: south → north sync", "default postgres: south → east async"],
    },
    {
      name: "writers side by side: every pair once",
      topology: "active-active",
      expected: [
        "default postgres: south ⇄ north logical",
        "default postgres: south ⇄ east logical",
        "default postgres: north ⇄ east logical",
      ],
    },
    {
      name: "cells of their own: a ring of standbys",
      topology: "isolated",
      expected: [
        "south postgres: south → north async",
        "north postgres: north → east async",
        "east postgres: east → south async",
      ],
    },
    {
      name: "a replica set: to the regions that have members",
      topology: "read-replicas",
      services:
        "mongodb: { engine: community, members: [{ region: south, votes: 1, priority: 2 }, { region: south, votes: 1, priority: 2 }, { region: east, votes: 1, priority: 1 }] }",
      expected: ["default mongodb: south → east quorum"],
    },
    {
      name: "an object store without copies",
      services: "objectStore: { engine: r2, bucket: shop-backups }",
      expected: [],
    },
  ])("$name", ({ expected, ...small }) => {
    expect(edges(small)).toEqual(expected);
  });
});

describe("traffic shares", () => {
  const CLOUDFLARE =
    "engine: cloudflare-load-balancer, zone: shop.example, hostname: api.shop.example, fallback: north";
  const ROUTER = "engine: router, zone: shop.example, hostname: api.shop.example";
  const ROUTE53 =
    "engine: route53, zone: shop.example, hostname: api.shop.example, policies: [{ type: latency, percent: 100 }]";

  test.each<Small & { readonly name: string; readonly shares: readonly number[] }>([
    { name: "geography: everyone that follows or writes", traffic: CLOUDFLARE, shares: [34, 33, 33] },
    {
      name: "no steering: the fallback, not the writer",
      traffic: `${CLOUDFLARE}, steering: "off"`,
      shares: [0, 100, 0],
    },
    {
      name: "no steering, and the fallback is idle",
      topology: "single",
      traffic: `${CLOUDFLARE}, steering: "off"`,
      shares: [100, 0, 0],
    },
    {
      name: "a router leaves the standby alone",
      topology: "active-passive",
      traffic: ROUTER,
      shares: [50, 0, 50],
    },
    { name: "Route 53 too", topology: "active-passive", traffic: ROUTE53, shares: [50, 0, 50] },
    { name: "a router over cells of their own", topology: "isolated", traffic: ROUTER, shares: [34, 33, 33] },
    {
      name: "a region that is only planned has no users",
      traffic: CLOUDFLARE,
      regions: ["south", "north", "east planned"],
      shares: [50, 50, 0],
    },
  ])("$name", ({ shares, ...small }) => {
    const { traffic } = topologyOf({ regions: THREE, ...small });
    expect(traffic.map(({ percent }) => percent)).toEqual(shares);
  });

  test.each([
    { routing: "priority", shares: ["east-us 100", "west-us-2 0"] },
    { routing: "performance", shares: ["east-us 50", "west-us-2 50"] },
  ])("Traffic Manager by $routing", ({ routing, shares }) => {
    const files = filesOf("castiel").map(({ file, text }) => ({
      file,
      text: text.replace("routing: priority", `routing: ${routing}`),
    }));
    const [castiel] = topologiesOf(files);
    expect(castiel?.traffic.map(({ region, percent }) => `${region} ${percent}`)).toEqual(shares);
  });
});

/** What holds for every topology; a list of what does not. */
function broken({ platform, regions, cells, replication, traffic, placements }: Topology): readonly string[] {
  const names = new Set(regions.map(({ name }) => name));
  const cellNames = new Set(cells.map(({ name }) => name));
  const strangers = [
    ...cells.flatMap(membersOf),
    ...replication.flatMap(({ from, to }) => [from, to]),
    ...traffic.map(({ region }) => region),
    ...placements.map(({ homeRegion }) => homeRegion),
  ].filter((name) => !names.has(name));
  const percent = traffic.reduce((sum, share) => sum + share.percent, 0);
  return [
    ...strangers.map((name) => `${platform}: ${name} is no region`),
    ...cells.flatMap(({ name, writers, standbys, readers, conflict }) => [
      ...(writers.length === 0 ? [`${name} has no write owner`] : []),
      ...(writers.length > 1 !== (conflict !== undefined)
        ? [`${name}: conflict resolution and writers`]
        : []),
      ...(new Set(writers.map(({ region }) => region)).size === writers.length
        ? []
        : [`${name}: a writer twice`]),
      ...[...standbys, ...readers]
        .filter((region) => writers.some((writer) => writer.region === region))
        .map((region) => `${name}: ${region} both writes and follows`),
    ]),
    ...replication
      .filter(({ from, to }) => from === to)
      .map(({ service, from }) => `${service}: ${from} to itself`),
    ...replication.filter(({ cell }) => !cellNames.has(cell)).map(({ cell }) => `no cell ${cell}`),
    ...placements.filter(({ cell }) => !cellNames.has(cell)).map(({ workspace }) => `${workspace}: no cell`),
    ...(percent === 100 ? [] : [`traffic adds up to ${percent} %`]),
  ];
}

describe("every topology", () => {
  const platforms = readdirSync(join(__dirname, "..", "..", "regions")).filter((name) => name !== "catalog");

  test.each(platforms)("regions/%s", (platform) => {
    const files = filesOf(platform);
    const found = topologiesOf(files);
    expect(found.flatMap(broken)).toEqual([]);
    const written = load(files).flatMap(({ manifest }) => (manifest.kind === "Platform" ? [manifest] : []));
    const objectives = written.map(({ spec }) =>
      (["component", "region", "corruption"] as const).flatMap((fault) => {
        const target = spec.objectives[fault];
        return target === undefined ? [] : [{ fault, rpo: target.rpo, rto: target.rto }];
      }),
    );
    expect(found.map((one) => one.objectives)).toEqual(objectives);
  });

  test("of any shape, size, writer and traffic", () => {
    const small = fc.record({
      topology: fc.constantFrom("single", "read-replicas", "active-passive", "active-active", "isolated"),
      regions: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/), { minLength: 1, maxLength: 4 }),
      services: fc.constantFrom(
        "postgres: { engine: cnpg }",
        "postgres: { engine: cnpg, replication: { mode: sync } }, objectStore: { engine: r2, bucket: b-1 }",
      ),
      steering: fc.constantFrom("geo", '"off"', "random"),
    });
    fc.assert(
      fc.property(small, ({ steering, ...rest }) => {
        fc.pre(rest.topology === "single" || rest.regions.length > 1);
        const [fallback = ""] = rest.regions;
        const traffic = `engine: cloudflare-load-balancer, zone: shop.example, hostname: api.shop.example, fallback: ${fallback}, steering: ${steering}`;
        expect(broken(topologyOf({ ...rest, traffic }))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
