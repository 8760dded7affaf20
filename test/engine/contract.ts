/**
 * What every engine promises, as one suite of cases that each engine's own test runs.
 *
 * The cases build on each other's stacks, in order: on the real engine every operation takes seconds.
 */
import { EngineError } from "../../automation/engine/engine-error";
import type {
  Engine,
  EngineEvent,
  Operation,
  ResourceStep,
  Run,
  StackResult,
  Target,
} from "../../automation/engine/engine";
import type { StackSpec } from "../../automation/fleet/stack-spec";
import { contractStack, namespaceOf } from "./contract-specs";

/** An engine with nothing applied, and the way to get rid of it. */
export interface EngineUnderTest {
  readonly engine: Engine;
  readonly cleanup: () => Promise<void>;
}

const PLATFORM = "contract";
const secrets: Readonly<Record<string, string>> = {
  kubeconfig: "canary-kubeconfig-5a1f: {}",
  "shop-password": 'canary "pass/word" 77+3=80',
};

/** Everything that was told or written, to look for canaries in. */
const heard: string[] = [];

const short = (type: string): string => type.split(":").at(-1) ?? type;
const brief = ({ type, name, operation, changed }: ResourceStep): string =>
  [`${operation} ${short(type)} ${name}`, ...changed].join(" ");

/** The steps that do something, as sorted lines. */
const changesOf = ({ steps }: StackResult): readonly string[] =>
  steps
    .filter(({ operation }) => operation !== "same")
    .map(brief)
    .sort();

const operationsOf = ({ steps }: StackResult): readonly Operation[] =>
  [...new Set(steps.map(({ operation }) => operation))].sort();

/** Every resource of the contract's stack, as `changesOf` shows its creation. */
const everything = [
  "create Deployment apps",
  "create Deployment apps-web",
  "create Namespace namespaces-shop",
  "create Namespace namespaces-tools",
  "create Namespaces namespaces",
  "create ResourceQuota namespaces-shop-quota",
  "create ResourceQuota namespaces-tools-quota",
  "create Secret apps-connections",
  "create Service apps-web",
  "create kubernetes europe",
];

interface Attempt {
  readonly result: StackResult | undefined;
  readonly error: unknown;
  readonly events: readonly EngineEvent[];
}

/** Runs one operation with well-formed events guaranteed; never throws. */
async function attempt(work: (run: Run) => Promise<StackResult>, more: Partial<Run> = {}): Promise<Attempt> {
  const events: EngineEvent[] = [];
  const run: Run = {
    target: "sandbox",
    secrets: ({ secret }) => secrets[secret],
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    ...more,
  };
  let result: StackResult | undefined;
  let error: unknown;
  try {
    result = await work(run);
  } catch (reason) {
    error = reason;
  }
  heard.push(JSON.stringify([result, events]), spoken(error));
  expectWellFormed(events, result);
  return { result, error, events };
}

/** All of an error that reaches people: not its stack nor its cause. */
const spoken = (error: unknown): string =>
  error instanceof EngineError ? JSON.stringify([error.message, error.detail.facts, error.detail.next]) : "";

function expectWellFormed(events: readonly EngineEvent[], result: StackResult | undefined): void {
  if (events.length > 0) {
    expect(events[0]).toMatchObject({ kind: "started" });
    expect(events.at(-1)).toMatchObject({ kind: "finished", ok: result !== undefined });
    expect(events.filter(({ kind }) => kind === "started" || kind === "finished")).toHaveLength(2);
    expect(new Set(events.map(({ stack }) => stack)).size).toBe(1);
  }
  if (result === undefined) return;
  const urns = result.steps.map(({ urn }) => urn);
  expect(urns).toEqual([...new Set(urns)].sort());
  const done = events.flatMap((event) =>
    event.kind === "resource" && event.status === "done" && event.step.operation !== "same"
      ? [event.step.urn]
      : [],
  );
  expect([...new Set(done)].sort()).toEqual(
    result.steps.filter(({ operation }) => operation !== "same").map(({ urn }) => urn),
  );
}

/** The result of an operation that must succeed. */
async function done(work: (run: Run) => Promise<StackResult>, more: Partial<Run> = {}): Promise<StackResult> {
  const { result, error, events } = await attempt(work, more);
  if (result === undefined) throw error;
  // What goes well needs no words.
  expect(events.filter(({ kind }) => kind === "message")).toEqual([]);
  return result;
}

/** The error of an operation that must fail: an EngineError without a stack trace in what people see. */
async function refused(
  work: (run: Run) => Promise<StackResult>,
  more: Partial<Run> = {},
): Promise<EngineError> {
  const { result, error } = await attempt(work, more);
  expect(result).toBeUndefined();
  if (!(error instanceof EngineError)) throw error;
  expect(spoken(error)).not.toMatch(/\n\s*at |\.(js|ts):\d+/);
  return error;
}

/** Registers the suite; call it at the top of an engine's test file. */
export function engineContract(
  name: string,
  makeEngine: () => Promise<EngineUnderTest>,
  options: { readonly timeoutSeconds?: number } = {},
): void {
  describe(`${name} keeps the contract of engines`, () => {
    let made: EngineUnderTest | undefined;
    const engine = (): Engine => {
      if (made === undefined) throw new RangeError("the engine was not made");
      return made.engine;
    };
    const milliseconds = (options.timeoutSeconds ?? 30) * 1000;
    beforeAll(async () => void (made = await makeEngine()), milliseconds);
    afterAll(async () => made?.cleanup(), milliseconds);
    const promises = (what: string, check: () => Promise<void>): void => it(what, check, milliseconds);

    const europe = contractStack(PLATFORM, "europe");
    const india = contractStack(PLATFORM, "india", { apps: "none" });
    const preview = (spec: StackSpec) => (run: Run) => engine().preview(spec, run);
    const apply = (spec: StackSpec) => (run: Run) => engine().apply(spec, run);
    const destroy = (spec: StackSpec) => (run: Run) => engine().destroy(spec, run);
    const state = async (spec: StackSpec, target: Target = "sandbox") => {
      const found = await engine().state(spec, target);
      heard.push(JSON.stringify(found));
      return found;
    };
    const names = (target: Target = "sandbox") => engine().list(PLATFORM, target);

    promises("knows nothing of a stack that was never applied", async () => {
      expect(await state(europe)).toEqual({ stack: "contract/europe", resources: [], pending: [] });
      expect(await names()).toEqual([]);
    });

    promises("previews everything as new, and changes nothing", async () => {
      expect(changesOf(await done(preview(europe)))).toEqual(everything);
      expect(await state(europe)).toEqual({ stack: "contract/europe", resources: [], pending: [] });
      expect(await names()).toEqual([]);
    });

    promises("stops before it starts when it is told to", async () => {
      const { error, events } = await attempt(apply(europe), { signal: AbortSignal.abort() });
      expect(error).toBeInstanceOf(EngineError);
      expect(events).toEqual([]);
      expect((await state(europe)).resources).toEqual([]);
    });

    promises("applies what it previewed, and records it", async () => {
      const result = await done(apply(europe));
      expect(result.stack).toBe("contract/europe");
      expect(changesOf(result)).toEqual(everything);
      const now = await state(europe);
      expect(now).toMatchObject({ stack: "contract/europe", pending: [], specHash: europe.hash });
      expect(Math.abs(Date.now() - Date.parse(now.updatedAt ?? ""))).toBeLessThan(600_000);
      expect(now.resources.map(({ urn }) => urn).sort()).toEqual(result.steps.map(({ urn }) => urn));
      expect(await names()).toEqual(["contract/europe"]);
    });

    promises("records parents and dependencies that exist, before what needs them", async () => {
      const { resources } = await state(europe);
      const before = new Set<string>();
      for (const { urn, parent, dependencies } of resources) {
        const needed = [...(parent === undefined ? [] : [parent]), ...dependencies];
        expect(needed.filter((one) => !before.has(one))).toEqual([]);
        before.add(urn);
      }
      const parents = resources.map(({ name: child, type, parent }) => [
        `${short(type)} ${child}`,
        parent?.split("::").at(-1),
      ]);
      expect(Object.fromEntries(parents)).toMatchObject({
        "Namespace namespaces-shop": "namespaces",
        "Deployment apps-web": "apps",
        "Namespaces namespaces": undefined,
      });
    });

    promises("names resources as Pulumi does", async () => {
      const { resources } = await state(europe);
      const urns = resources.map(({ urn }) => urn);
      expect(urns).toContain(
        "urn:pulumi:europe::contract::meridian:kubernetes:Namespaces$kubernetes:core/v1:Namespace::namespaces-shop",
      );
      expect(urns).toContain("urn:pulumi:europe::contract::pulumi:providers:kubernetes::europe");
    });

    promises("finds nothing to do when nothing changed", async () => {
      expect(operationsOf(await done(preview(europe)))).toEqual(["same"]);
      expect(operationsOf(await done(apply(europe)))).toEqual(["same"]);
    });

    promises("updates exactly the resource whose input changed", async () => {
      const more = contractStack(PLATFORM, "europe", {
        namespaces: [namespaceOf("shop", 20), namespaceOf("tools")],
      });
      expect(changesOf(await done(preview(more)))).toEqual([
        "update ResourceQuota namespaces-shop-quota spec",
      ]);
      expect((await state(europe)).specHash).toBe(europe.hash);
    });

    promises("replaces what cannot be changed in place", async () => {
      const moved = contractStack(PLATFORM, "europe", { apps: { namespace: "tools" } });
      const replaced = changesOf(await done(preview(moved)));
      expect(replaced).toEqual([
        "replace Deployment apps-web metadata",
        "replace Secret apps-connections metadata",
        "replace Service apps-web metadata",
      ]);
    });

    promises("deletes what is gone, and adds what is new", async () => {
      const other = contractStack(PLATFORM, "europe", {
        namespaces: [namespaceOf("shop"), namespaceOf("batch")],
      });
      const expected = [
        "create Namespace namespaces-batch",
        "create ResourceQuota namespaces-batch-quota",
        "delete Namespace namespaces-tools",
        "delete ResourceQuota namespaces-tools-quota",
      ];
      expect(changesOf(await done(preview(other)))).toEqual(expected);
      expect(changesOf(await done(apply(other)))).toEqual(expected);
      const now = await state(other);
      expect(now.specHash).toBe(other.hash);
      expect(now.resources.filter(({ name: one }) => /tools/.test(one))).toEqual([]);
    });

    promises("says what is wrong with a stack that cannot be built, and keeps its state", async () => {
      const { resources, specHash } = await state(europe);
      const error = await refused(apply(contractStack(PLATFORM, "europe", { connected: false })));
      expect(error.message).toContain("contract/europe");
      expect(await state(europe)).toMatchObject({ resources, specHash, pending: [] });
    });

    promises("refuses two resources of one name", async () => {
      const twice = contractStack(PLATFORM, "europe", {
        namespaces: [namespaceOf("shop"), namespaceOf("shop")],
      });
      await refused(preview(twice));
    });

    promises("names every secret that is missing for the cloud, at once", async () => {
      const error = await refused(preview(europe), { target: "cloud", secrets: () => undefined });
      expect(error.code).toBe("MRD8001");
      expect(error.message).toContain("kubeconfig");
      expect(error.message).toContain("shop-password");
    });

    promises("needs no secrets in the sandbox", async () => {
      const result = await done(preview(india), { secrets: () => undefined });
      expect(operationsOf(result)).toEqual(["create"]);
    });

    promises("keeps two stacks apart that are applied at the same time", async () => {
      const results = await Promise.all([done(apply(europe)), done(apply(india))]);
      expect(results.map(({ stack }) => stack)).toEqual(["contract/europe", "contract/india"]);
      expect(await names()).toEqual(["contract/europe", "contract/india"]);
      const [ours, theirs] = [await state(europe), await state(india)];
      expect(ours.resources.every(({ urn }) => urn.startsWith("urn:pulumi:europe::contract::"))).toBe(true);
      expect(theirs.resources.every(({ urn }) => urn.startsWith("urn:pulumi:india::contract::"))).toBe(true);
    });

    promises("never mixes the states of sandbox and cloud", async () => {
      expect(await state(europe, "cloud")).toEqual({ stack: "contract/europe", resources: [], pending: [] });
      expect(await names("cloud")).toEqual([]);
    });

    promises("destroys every resource and the stack itself", async () => {
      const result = await done(destroy(europe));
      expect(operationsOf(result)).toEqual(["delete"]);
      expect(changesOf(result)).toEqual(everything.map((line) => line.replace("create", "delete")));
      expect(await state(europe)).toEqual({ stack: "contract/europe", resources: [], pending: [] });
      expect(await names()).toEqual(["contract/india"]);
    });

    promises("destroys nothing where there is nothing", async () => {
      expect((await done(destroy(europe))).steps).toEqual([]);
      await done(destroy(india));
      expect(await names()).toEqual([]);
    });

    promises("lets no secret into results, states, events or errors", async () => {
      const text = heard.join("\n");
      expect(text).toContain("[secret]");
      const forms = Object.values(secrets).flatMap((value) => [
        value,
        JSON.stringify(value).slice(1, -1),
        encodeURIComponent(value),
        Buffer.from(value).toString("base64"),
      ]);
      expect(forms.filter((form) => text.includes(form))).toEqual([]);
      return Promise.resolve();
    });
  });
}
