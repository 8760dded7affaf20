import type { EngineEvent as PulumiEvent } from "@pulumi/pulumi/automation/events";
import type { EngineEvent } from "../../../automation/engine/engine";
import { StepLog } from "../../../automation/engine/pulumi/step-log";

const root = "urn:pulumi:europe::openova::pulumi:pulumi:Stack::openova-europe";
const shop = "urn:pulumi:europe::openova::kubernetes:core/v1:Namespace::shop";

/** As the CLI's event log gives them, as far as they are read. */
const diagnostic = (severity: string, message: string, urn?: string, ephemeral = false): PulumiEvent =>
  ({
    diagnosticEvent: { severity, message, urn, ephemeral, prefix: "", color: "never" },
  }) as unknown as PulumiEvent;
const step = (
  kind: "resourcePreEvent" | "resOutputsEvent" | "resOpFailedEvent",
  op: string,
  more: object = {},
  urn = shop,
): PulumiEvent =>
  ({ [kind]: { metadata: { op, urn, type: urn.split("::")[2], ...more } } }) as unknown as PulumiEvent;

function read(...all: readonly PulumiEvent[]) {
  const events: EngineEvent[] = [];
  const log = new StepLog("openova/europe", (event) => events.push(event));
  all.forEach((event) => log.add(event));
  return { log, events };
}

const messages = (events: readonly EngineEvent[]) =>
  events.flatMap((event) => (event.kind === "message" ? [`${event.severity}: ${event.text}`] : []));

test("a person reads what providers and programs say, once and whole; nothing else", () => {
  const { log, events } = read(
    diagnostic("debug", "Registering resource: t=kubernetes:core/v1:Namespace"),
    diagnostic("info#err", "(node:12) Warning: something experimental"),
    diagnostic("info", "waiting for the namespace", shop, true),
    diagnostic("info", "1 of 2 copies", shop),
    diagnostic("warning", "v1 is deprecated\n", shop),
    diagnostic("error", "<{%fg 1%}>quota exceeded<{%reset%}>\nask for more", shop),
    diagnostic("error", "quota exceeded\nask for more", shop),
    diagnostic("info", "  \n"),
    diagnostic("error", "the program failed", root),
    diagnostic("error", "update failed"),
    diagnostic("error", "preview failed", root),
  );
  expect(messages(events)).toEqual([
    'info: Namespace "shop": 1 of 2 copies',
    'warning: Namespace "shop": v1 is deprecated',
    'error: Namespace "shop": quota exceeded\nask for more',
    "error: the program failed",
  ]);
  expect(log.complaints).toEqual([
    { urn: shop, text: "quota exceeded\nask for more" },
    { urn: root, text: "the program failed" },
  ]);
});

test("an update tells what differs", () => {
  const detailedDiff = { "spec.replicas": {}, "metadata.labels.a": {}, "spec.image": {} };
  const { log, events } = read(
    step("resourcePreEvent", "update", { detailedDiff }),
    step("resOutputsEvent", "update", { detailedDiff }),
  );
  const expected = {
    urn: shop,
    type: "kubernetes:core/v1:Namespace",
    name: "shop",
    operation: "update",
    changed: ["metadata", "spec"],
  };
  expect(log.steps).toEqual([expected]);
  expect(events).toEqual([
    { kind: "resource", stack: "openova/europe", step: expected, status: "running" },
    { kind: "resource", stack: "openova/europe", step: expected, status: "done" },
  ]);
});

test.each([
  {
    name: "a replacement is one step",
    ops: ["create-replacement", "replace", "delete-replaced"],
    as: "replace",
  },
  { name: "a refresh gives way to what it leads to", ops: ["refresh", "update"], as: "update" },
  { name: "an import makes it", ops: ["import"], as: "create" },
  { name: "a read changes nothing", ops: ["read"], as: "same" },
])("$name", ({ ops, as }) => {
  const { log } = read(...ops.map((op) => step("resOutputsEvent", op)));
  expect(log.steps.map(({ operation }) => operation)).toEqual([as]);
});

test("the stack itself, default providers and steps nobody wrote are no resources", () => {
  const provider = "urn:pulumi:europe::openova::pulumi:providers:kubernetes::default_4_34_2";
  const { log, events } = read(
    step("resOutputsEvent", "create", {}, root),
    step("resOutputsEvent", "create", {}, provider),
    step("resOutputsEvent", "remove-pending-replace"),
  );
  expect([log.steps, events]).toEqual([[], []]);
});

test("what stays the same is in the result, and makes no noise", () => {
  const { log, events } = read(step("resOutputsEvent", "same"));
  expect([log.steps.length, events]).toEqual([1, []]);
});

test("a mandatory policy is a violation, an advisory one a warning", () => {
  const policy = (enforcementLevel: string): PulumiEvent =>
    ({
      policyEvent: { policyPackName: "residency", policyName: "RES-011", message: "no", enforcementLevel },
    }) as unknown as PulumiEvent;
  const { log, events } = read(policy("mandatory"), policy("advisory"));
  expect(log.violations).toEqual(["residency/RES-011: no"]);
  expect(messages(events)).toEqual(["error: residency/RES-011: no", "warning: residency/RES-011: no"]);
});
