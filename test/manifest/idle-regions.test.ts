/** The rule and the planner must mean the same by "in use", or a workspace would get nothing in silence. */
import fc from "fast-check";
import { ruleCatalog, locateIn } from "../../automation/fleet/catalog-facts";
import { expandCells, membersOf } from "../../automation/fleet/cells";
import { planFleet } from "../../automation/fleet/plan/plan-platform";
import { catalog } from "../../automation/manifest/catalog/data";
import { loadManifests } from "../../automation/manifest/load";
import { regionsInUse } from "../../automation/manifest/rules/idle-regions";

const REGIONS = ["a1", "b2", "c3", "d4"] as const;
const region = fc.constantFrom(...REGIONS);
const some = fc.uniqueArray(region, { maxLength: 3 });

const cells = fc.array(
  fc.record({
    name: fc.constantFrom("x", "y", "z"),
    writers: fc.uniqueArray(region, { minLength: 1, maxLength: 2 }),
    standbys: some,
    readers: some,
  }),
  { minLength: 1, maxLength: 3 },
);

const platforms = fc.record({
  topology: fc.constantFrom("single", "read-replicas", "active-passive", "active-active", "isolated"),
  primary: fc.option(region, { nil: undefined }),
  cells: fc.option(cells, { nil: undefined }),
  planned: some,
  home: region,
});

type Drawn = typeof platforms extends fc.Arbitrary<infer T> ? T : never;

const list = (names: readonly string[]): string => `[${names.join(", ")}]`;

function manifests({ topology, primary, cells: drawn, planned, home }: Drawn) {
  const head = (kind: string, name: string, platform: string): string =>
    `apiVersion: meridian.dev/v1\nkind: ${kind}\nmetadata: { name: ${name}${platform} }\n`;
  const cell = ({ name, writers, standbys, readers }: NonNullable<Drawn["cells"]>[number]): string =>
    `    - { name: ${name}, writers: ${list(writers.map((one) => `{ region: ${one} }`))}, standbys: ${list(standbys)}, readers: ${list(readers)} }\n`;
  const regions = REGIONS.map(
    (name) =>
      `${head("Region", name, ", platform: p")}spec: { provider: kubernetes, location: here${planned.includes(name) ? ", availability: planned" : ""} }\n`,
  );
  return [
    `${head("Platform", "p", "")}spec:\n  description: x\n  topology: ${topology}\n  regions: ${list(REGIONS)}\n${primary === undefined ? "" : `  primary: { region: ${primary} }\n`}${drawn === undefined ? "" : `  cells:\n${drawn.map(cell).join("")}`}`,
    ...regions,
    `${head("Workspace", "w", ", platform: p")}spec: { homeRegion: ${home} }\n`,
  ].map((text, index) => ({ file: `${index}.yaml`, text }));
}

test("regions in use are those the cells have", () => {
  fc.assert(
    fc.property(platforms, (drawn) => {
      const loaded = loadManifests(manifests(drawn), ruleCatalog(catalog));
      const [platform] = loaded.manifests.flatMap(({ manifest }) =>
        manifest.kind === "Platform" ? [manifest] : [],
      );
      if (platform === undefined) throw new RangeError("the platform is not valid");
      const members = expandCells(platform.spec).flatMap(membersOf);
      expect([...regionsInUse(platform.spec)].sort()).toEqual([...new Set(members)].sort());
    }),
  );
});

test("a workspace has a stack, or MRD2127 says that it has none", () => {
  fc.assert(
    fc.property(platforms, (drawn) => {
      const { manifests: loaded, diagnostics } = loadManifests(manifests(drawn), ruleCatalog(catalog));
      const refused = diagnostics.some(({ code, severity }) => code === "MRD2127" && severity === "error");
      const [plan] = planFleet(
        loaded.map(({ manifest }) => manifest),
        locateIn(catalog),
      );
      expect(plan?.stacks.some(({ kind }) => kind === "workspaces")).toBe(!refused);
    }),
  );
});
