/** The affected set: exactly the stacks whose spec changed, each with what changed it. */
import fc from "fast-check";
import { affectedStacks } from "../../automation/fleet/affected";
import { planFleet } from "../../automation/fleet/plan/plan-platform";
import { stackId, type StackSpec } from "../../automation/fleet/stack-spec";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import type { ResolvedManifest } from "../../automation/manifest/schema/manifest";
import { edit, filesOf, load, locate, workspaceFile } from "./build-manifests";

const committed = [...filesOf("openova"), ...filesOf("castiel")];

const planner = (manifests: readonly ResolvedManifest[]): readonly StackSpec[] =>
  planFleet(manifests, locate).flatMap(({ stacks }) => stacks);

const hashes = (files: readonly SourceFile[]): ReadonlyMap<string, string> =>
  new Map(planner(load(files).map(({ manifest }) => manifest)).map((spec) => [stackId(spec), spec.hash]));

/** Edits that stand beside each other: any subset is a valid change. */
const EDITS: readonly (readonly [from: string, to: string])[] = [
  ["size: 50Gi", "size: 60Gi"],
  ["topology: read-replicas", "topology: active-active"],
  ["primary: { region: europe, epoch: 1 }", "primary: { region: europe, epoch: 2 }"],
  ["port: 8080", "port: 9090"],
  ["Europe primary", "Nuremberg primary"],
  ["retention: 30d", "retention: 20d"],
  ["address: 198.51.100.13", "address: 198.51.100.14"],
  ["pops: [FRA, AMS, LHR, CDG]", "pops: [FRA, AMS, LHR]"],
  ["api: api-in.openova.io", "api: api-india.openova.io"],
  ["tier: standard", "tier: enterprise"],
  ["geoReplication: false", "geoReplication: true"],
  ["routing: priority", "routing: performance"],
  ["availability: 99.95", "availability: 99.9"],
  ["consistency: Session", "consistency: Strong"],
  ["target: operations@castiel.example", "target: people@castiel.example"],
  ["ttl: 30s", "ttl: 60s"],
];

const edited = (chosen: readonly (readonly [string, string])[]): readonly SourceFile[] =>
  chosen.reduce<readonly SourceFile[]>((files, [from, to]) => edit(files, from, to), committed);

/** Files that came, and files that went: workspaces only, since what names a region needs it. */
const changes = fc.record({
  edits: fc.subarray([...EDITS]),
  added: fc.uniqueArray(fc.constantFrom("acme", "zen", "north"), { maxLength: 2 }),
  pilotGoes: fc.boolean(),
});

test("complete and sound: a stack is affected exactly when its hash differs, and every reason is a real place", () => {
  const before = load(committed);
  const [was, fileNames] = [hashes(committed), new Set(committed.map(({ file }) => file))];
  fc.assert(
    fc.property(changes, ({ edits, added, pilotGoes }) => {
      const files = [
        ...edited(edits).filter(({ file }) => !(pilotGoes && file.endsWith("pilot.yaml"))),
        ...added.map((name) => workspaceFile("openova", name, "india")),
      ];
      const is = hashes(files);
      const differing = [...new Set([...was.keys(), ...is.keys()])].filter(
        (id) => was.get(id) !== is.get(id),
      );
      const affected = affectedStacks(before, load(files), planner);
      expect(affected.map(({ stack }) => stack)).toEqual(differing.sort());
      for (const { stack, change, reasons } of affected) {
        expect(change).toBe(!was.has(stack) ? "create" : is.has(stack) ? "update" : "destroy");
        expect(reasons).not.toEqual([]);
        const [platform = ""] = stack.split("/");
        for (const { file, field } of reasons) {
          expect(file.startsWith(`regions/${platform}/`)).toBe(true);
          expect(fileNames.has(file) || files.some((one) => one.file === file)).toBe(true);
          expect(field === undefined || /^(spec|metadata)\./.test(field)).toBe(true);
        }
      }
    }),
    { numRuns: 12 },
  );
});

test("there and back: what is created one way is destroyed the other, for the same reasons", () => {
  const other = edit(committed, "topology: read-replicas", "topology: single");
  const opposite = { create: "destroy", destroy: "create", update: "update" } as const;
  const there = affectedStacks(load(committed), load(other), planner);
  const back = affectedStacks(load(other), load(committed), planner);
  expect(back).toEqual(there.map((one) => ({ ...one, change: opposite[one.change] })));
});

test("two fields that matter only together are both the reason", () => {
  // A planner that looks at one field only when the other is set.
  const together = (manifests: readonly ResolvedManifest[]): readonly StackSpec[] =>
    planner(manifests).map((spec) => {
      const platform = manifests.find(
        (one) => one.kind === "Platform" && one.metadata.name === spec.platform,
      );
      const both =
        platform?.kind === "Platform" &&
        platform.spec.description === "A" &&
        platform.spec.topology === "single";
      return { ...spec, hash: both ? "both" : "same" };
    });
  const change = edit(
    edit(filesOf("openova"), "topology: read-replicas", "topology: single"),
    "description: OpenOva on Contabo K3s clusters in Nuremberg and Mumbai behind Cloudflare geo steering.",
    "description: A",
  );
  const file = "regions/openova/platform.yaml";
  const both = [
    { file, field: "spec.description" },
    { file, field: "spec.topology" },
  ];
  const europe = affectedStacks(load(filesOf("openova")), load(change), together).find(
    ({ stack }) => stack === "openova/europe",
  );
  expect(europe).toEqual({ stack: "openova/europe", change: "update", reasons: both });
});
