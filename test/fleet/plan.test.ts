import fc from "fast-check";
import { affectedStacks } from "../../automation/fleet/affected";
import { canonicalJson } from "../../automation/fleet/canonical";
import { planFleet } from "../../automation/fleet/plan/plan-platform";
import { stackId } from "../../automation/fleet/stack-spec";
import { edit, filesOf, load, locate, plan, stacksOf, workspaceFile } from "./build-manifests";

const openova = filesOf("openova");
const castiel = filesOf("castiel");

describe("the stacks of a platform", () => {
  test.each([
    {
      name: "openova, one region",
      files: edit(openova, "topology: read-replicas", "topology: single"),
      stacks: [
        "openova/europe < ",
        "openova/foundation < ",
        "openova/global < europe",
        "openova/workspaces-europe-001 < europe",
      ],
    },
    {
      name: "openova, read replicas",
      files: openova,
      stacks: [
        "openova/europe < ",
        "openova/foundation < ",
        "openova/india < europe,foundation",
        "openova/workspaces-europe-001 < europe",
        "openova/global < europe,india",
      ],
    },
    {
      name: "openova, active-active",
      files: edit(openova, "topology: read-replicas", "topology: active-active"),
      stacks: [
        "openova/europe < ",
        "openova/foundation < ",
        "openova/india < europe,foundation",
        "openova/workspaces-europe-001 < europe",
        "openova/global < europe,india",
      ],
    },
  ])("$name", ({ files, stacks }) => {
    expect(stacksOf(files).map((spec) => `${stackId(spec)} < ${spec.after.join()}`)).toEqual(stacks);
  });

  test("a service that nothing builds yet leaves the platform without stacks, and says which", () => {
    expect(plan(openova).map(({ unbuilt }) => unbuilt)).toEqual([[]]);
    const manifests = load(openova).map(({ manifest }) =>
      manifest.kind === "Platform"
        ? {
            ...manifest,
            spec: {
              ...manifest.spec,
              services: { ...manifest.spec.services, cdn: { ...CDN, assets: [], compression: [], http: [] } },
            },
          }
        : manifest,
    );
    expect(planFleet(manifests, locate).map(({ stacks, unbuilt }) => ({ stacks, unbuilt }))).toEqual([
      { stacks: [], unbuilt: ["cdn/cloudfront"] },
    ]);
  });
});

const CDN = {
  engine: "cloudfront",
  assets: [],
  ttl: { static: 1, dynamic: 1, api: 1 },
  compression: [],
  http: [],
  imageOptimization: false,
} as const;

describe("openova and castiel", () => {
  test("files in any order give byte-identical specs", () => {
    const files = [
      ...openova,
      ...castiel,
      workspaceFile("openova", "acme", "europe"),
      workspaceFile("openova", "zen", "india"),
    ];
    const expected = canonicalJson(stacksOf(files));
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
        expect(canonicalJson(stacksOf(shuffled))).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  test("the order is a topological order", () => {
    for (const topology of ["single", "read-replicas", "active-passive", "active-active", "isolated"]) {
      const done = new Set<string>();
      for (const spec of stacksOf(edit(openova, "topology: read-replicas", `topology: ${topology}`))) {
        expect(spec.after.filter((name) => !done.has(name))).toEqual([]);
        done.add(spec.stack);
      }
    }
  });
});

describe("affectedStacks", () => {
  const planner = (manifests: Parameters<typeof planFleet>[0]) =>
    planFleet(manifests, locate).flatMap(({ stacks }) => stacks);
  const affected = (from: string, to: string) =>
    affectedStacks(load(openova), load(edit(openova, from, to)), planner).map(
      ({ stack, change, reasons }) =>
        `${change} ${stack}: ${reasons.map(({ file, field }) => `${file} ${field ?? ""}`).join(", ")}`,
    );

  test.each([
    { name: "nothing", from: "openova", to: "openova", stacks: [] },
    {
      name: "a database setting touches the regions",
      from: "size: 50Gi",
      to: "size: 60Gi",
      stacks: [
        "update openova/europe: regions/openova/platform.yaml spec.services.postgres.storage.size",
        "update openova/india: regions/openova/platform.yaml spec.services.postgres.storage.size",
      ],
    },
    {
      name: "a probe touches traffic alone",
      from: "interval: 30s, timeout: 5s, failures: 3, successes: 2",
      to: "interval: 60s, timeout: 5s, failures: 3, successes: 2",
      stacks: ["update openova/global: regions/openova/platform.yaml spec.traffic.healthCheck.interval"],
    },
    { name: "words for people touch nothing", from: "Europe primary", to: "Nuremberg primary", stacks: [] },
    {
      name: "the phase",
      from: "topology: read-replicas",
      to: "topology: single",
      stacks: [
        "update openova/europe: regions/openova/platform.yaml spec.topology",
        "update openova/foundation: regions/openova/platform.yaml spec.topology",
        "update openova/global: regions/openova/platform.yaml spec.topology",
        "destroy openova/india: regions/openova/platform.yaml spec.topology",
      ],
    },
  ])("$name", ({ from, to, stacks }) => {
    expect(affected(from, to)).toEqual(stacks);
  });

  test("a new workspace is its own reason", () => {
    const file = workspaceFile("openova", "acme", "india");
    expect(affectedStacks(load(openova), load([...openova, file]), planner)).toEqual([
      {
        stack: expect.stringMatching(/^openova\/workspaces-india-/) as string,
        change: "create",
        reasons: [{ file: file.file }],
      },
    ]);
  });
});
