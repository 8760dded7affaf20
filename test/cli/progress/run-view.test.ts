import fc from "fast-check";
import type { EngineEvent, ResourceStep } from "../../../automation/engine/engine";
import { advance, beginView, running, unfinished } from "../../../automation/cli/progress/run-view";
import { frameLines } from "../../../automation/cli/progress/frame";
import { heartbeatLines, plainLines } from "../../../automation/cli/progress/plain-lines";
import { displayWidth } from "../../../automation/manifest/diagnostics/display-width";
import { plainPainter } from "../../../automation/manifest/diagnostics/painter";
import { OPENOVA, step, viewAfter } from "./run-of";

const EUROPE = "openova/europe";
const NOTHING = { changed: new Map(), failed: new Set(), inFlight: new Map() };

describe("one stack's view", () => {
  test.each([
    {
      name: "before anything happened",
      events: [],
      view: { status: "waiting" },
    },
    {
      name: "started, with a total",
      events: [`3 ${EUROPE} started 27`],
      view: { status: "running", startedAt: 3, total: 27 },
    },
    {
      name: "a resource in flight",
      events: [`3 ${EUROPE} started`, `4 ${EUROPE} running create Deployment api`],
      view: {
        status: "running",
        startedAt: 3,
        inFlight: new Map([["urn::Deployment::api", { step: step("create Deployment api"), since: 4 }]]),
      },
    },
    {
      name: "a resource done",
      events: [`4 ${EUROPE} running create Deployment api`, `5 ${EUROPE} done create Deployment api`],
      view: { status: "running", startedAt: 4, changed: new Map([["urn::Deployment::api", "create"]]) },
    },
    {
      name: "a replacement is several steps and counts once",
      events: [`1 ${EUROPE} done replace Deployment api`, `2 ${EUROPE} done delete Deployment api`],
      view: { status: "running", startedAt: 1, changed: new Map([["urn::Deployment::api", "replace"]]) },
    },
    {
      name: "what stays and what is only looked at is not counted",
      events: [`1 ${EUROPE} done same Deployment api`, `1 ${EUROPE} done refresh Service api`],
      view: { status: "running", startedAt: 1 },
    },
    {
      name: "a resource that fails",
      events: [`1 ${EUROPE} running create Deployment api`, `2 ${EUROPE} failed create Deployment api`],
      view: { status: "running", startedAt: 1, failed: new Set(["urn::Deployment::api"]) },
    },
    {
      name: "the end empties what was in flight",
      events: [`1 ${EUROPE} running create Deployment api`, `2 ${EUROPE} broke`],
      view: { status: "failed", startedAt: 1, endedAt: 2 },
    },
    {
      name: "the first end stands",
      events: [`1 ${EUROPE} finished`, `2 ${EUROPE} started`, `3 ${EUROPE} broke`],
      view: { status: "done", startedAt: 1, endedAt: 1 },
    },
    {
      name: "a message changes nothing",
      events: [`1 ${EUROPE} warning deprecated`],
      view: { status: "waiting" },
    },
  ])("$name", ({ events, view }) => {
    expect(viewAfter(events).stacks.get(EUROPE)).toEqual({
      ...NOTHING,
      stack: EUROPE,
      after: [],
      wave: 1,
      ...view,
    });
  });

  test("a stack nobody announced comes last and has no wave", () => {
    const view = viewAfter(["1 openova/gone started"]);
    expect([...view.stacks.keys()].at(-1)).toBe("openova/gone");
    expect(view.stacks.get("openova/gone")?.wave).toBeUndefined();
  });
});

describe("what is left", () => {
  test.each([
    {
      name: "at the start",
      events: [],
      left: ["openova/europe", "openova/india", "openova/workspaces-000", "openova/global"],
      busy: [],
    },
    {
      name: "in the middle",
      events: ["1 openova/europe started", "2 openova/europe finished", "3 openova/india started"],
      left: ["openova/india", "openova/workspaces-000", "openova/global"],
      busy: ["openova/india"],
    },
    {
      name: "a failed stack is not left",
      events: ["1 openova/europe broke"],
      left: ["openova/india", "openova/workspaces-000", "openova/global"],
      busy: [],
    },
  ])("$name", ({ events, left, busy }) => {
    const view = viewAfter(events);
    expect(unfinished(view).map(({ stack }) => stack)).toEqual(left);
    expect(running(view).map(({ stack }) => stack)).toEqual(busy);
  });
});

const stacks = fc.constantFrom(...OPENOVA.flat().map(({ stack }) => stack), "openova/gone", "odd", "");
const steps: fc.Arbitrary<ResourceStep> = fc.record({
  urn: fc.constantFrom("a", "b", "c"),
  type: fc.constantFrom("kubernetes:apps/v1:Deployment", "x", ""),
  name: fc.string({ unit: "grapheme" }),
  operation: fc.constantFrom("same", "create", "update", "replace", "delete", "refresh"),
  changed: fc.array(fc.string()),
});
const events: fc.Arbitrary<EngineEvent> = fc.oneof(
  fc.record(
    { kind: fc.constant("started" as const), stack: stacks, total: fc.nat(50) },
    { requiredKeys: ["kind", "stack"] },
  ),
  fc.record({
    kind: fc.constant("resource" as const),
    stack: stacks,
    step: steps,
    status: fc.constantFrom("running", "done", "failed"),
  }),
  fc.record({
    kind: fc.constant("message" as const),
    stack: stacks,
    severity: fc.constantFrom("info", "warning", "error"),
    text: fc.string(),
  }),
  fc.record({ kind: fc.constant("finished" as const), stack: stacks, ok: fc.boolean() }),
);

test("any order of events: counts never go backwards, an end stands, every frame fits", () => {
  fc.assert(
    fc.property(
      fc.array(events, { maxLength: 40 }),
      fc.integer({ min: 40, max: 200 }),
      fc.integer({ min: 5, max: 30 }),
      (list, columns, rows) => {
        let view = beginView(OPENOVA);
        list.forEach((event, at) => {
          const before = view;
          view = advance(before, event, at);
          plainLines(event, before, view, "apply");
          heartbeatLines(view, at);
          for (const [name, old] of before.stacks) {
            const now = view.stacks.get(name);
            expect(now?.changed.size).toBeGreaterThanOrEqual(old.changed.size);
            expect(now?.failed.size).toBeGreaterThanOrEqual(old.failed.size);
            if (old.endedAt !== undefined)
              expect([now?.status, now?.endedAt]).toEqual([old.status, old.endedAt]);
          }
        });
        const setting = { columns, rows, at: list.length, began: 0, spinner: "*", paint: plainPainter };
        const lines = frameLines(view, { ...setting, verb: "apply" });
        expect(lines.length).toBeLessThan(rows);
        for (const line of lines) expect(displayWidth(line)).toBeLessThan(columns);
      },
    ),
  );
});
