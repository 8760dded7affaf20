/** @jest-environment ./test/engine/graph/process-environment.ts */
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { ComponentResource, log, output, secret, type Output } from "@pulumi/pulumi";
import { noKnowledge } from "../../../automation/engine/graph/knowledge";
import { runProgram, type ProgramRun } from "../../../automation/engine/graph/run-program";

const run = (program: () => Promise<unknown>, more: Partial<ProgramRun> = {}) =>
  runProgram({
    project: "openova",
    stack: "europe",
    program,
    knowledge: noKnowledge,
    signal: new AbortController().signal,
    onLog: () => undefined,
    hideText: (text) => text,
    hideInputs: (inputs) => inputs,
    stallSeconds: 5,
    ...more,
  });

const map = (name: string, data: Record<string, Output<string> | string>, opts = {}) =>
  new ConfigMap(name, { metadata: { name }, data }, opts);

class Pair extends ComponentResource {
  constructor(name: string) {
    super("test:index:Pair", name);
    const one = map(`${name}-one`, { key: "value" }, { parent: this, protect: true });
    map(`${name}-two`, { of: one.metadata.name }, { parent: this });
    this.registerOutputs({});
  }
}

const urn = (chain: string, name: string): string => `urn:pulumi:europe::openova::${chain}::${name}`;
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";

describe("runProgram", () => {
  it("returns each resource with its urn, parent, dependencies and protection", async () => {
    const pair = urn("test:index:Pair", "pair");
    const child = `test:index:Pair$${CONFIG_MAP}`;
    const shared = { apiVersion: "v1", kind: "ConfigMap" };
    expect(await run(async () => void new Pair("pair"))).toEqual([
      {
        urn: pair,
        type: "test:index:Pair",
        name: "pair",
        custom: false,
        dependencies: [],
        protect: false,
        inputs: {},
      },
      {
        urn: urn(child, "pair-one"),
        type: CONFIG_MAP,
        name: "pair-one",
        custom: true,
        parent: pair,
        dependencies: [],
        protect: true,
        inputs: { ...shared, metadata: { name: "pair-one" }, data: { key: "value" } },
      },
      {
        urn: urn(child, "pair-two"),
        type: CONFIG_MAP,
        name: "pair-two",
        custom: true,
        parent: pair,
        dependencies: [urn(child, "pair-one")],
        protect: false,
        inputs: { ...shared, metadata: { name: "pair-two" }, data: { of: "pair-one" } },
      },
    ]);
  });

  it("shows neither secrets nor what is computed from them", async () => {
    const [first] = await run(async () => {
      const password = secret("hunter2!");
      map("a", { password, url: password.apply((value) => `postgres://u:${value}@h`) });
    });
    expect(first?.inputs["data"]).toEqual({ password: "[secret]", url: "[secret]" });
  });

  test.each<{ name: string; program: () => Promise<unknown>; message: string; code: string }>([
    {
      name: "throws",
      program: async () => {
        throw new TypeError("no such thing\n    at somewhere (file.ts:1:2)");
      },
      message: "the program of openova/europe failed: no such thing",
      code: "MRD5701",
    },
    {
      name: "throws no Error",
      program: async () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- programs may
        throw "just text";
      },
      message: "the program of openova/europe failed: just text",
      code: "MRD5701",
    },
    {
      name: "throws in an apply that a resource needs",
      program: async () => void map("a", { key: output("x").apply(() => fail("apply broke")) }),
      message: "the program of openova/europe failed: apply broke",
      code: "MRD5701",
    },
    {
      name: "throws in an apply that nobody needs",
      program: async () => void output("x").apply(() => fail("apply broke")),
      message: "the program of openova/europe failed: apply broke",
      code: "MRD5701",
    },
    {
      name: "drops a promise that rejects",
      program: async () => void Promise.resolve().then(() => fail("dropped")),
      message: "the program of openova/europe failed: dropped",
      code: "MRD5701",
    },
    {
      name: "registers a name twice",
      program: async () => [map("a", {}), map("a", {})],
      message: `openova/europe registers ${CONFIG_MAP} "a" twice`,
      code: "MRD5702",
    },
    {
      name: "logs an error",
      program: () => log.error("bad quota"),
      message: "the program of openova/europe failed: bad quota",
      code: "MRD5701",
    },
    {
      name: "waits for ever",
      program: () => new Promise(() => undefined),
      message: "the program of openova/europe registered nothing for 0.1 s and has not finished",
      code: "MRD5704",
    },
  ])("is an EngineError when the program $name", async ({ program, message, code }) => {
    const result = run(program, { stallSeconds: 0.1 });
    await expect(result).rejects.toMatchObject({ name: "EngineError", code, message });
  });

  it("goes on with the next stack after a failed one, whose late failures nobody minds", async () => {
    const late = run(async () => {
      void new Promise((resolve) => setTimeout(resolve, 20)).then(() => fail("late"));
      throw new TypeError("early");
    });
    await expect(late).rejects.toMatchObject({ message: "the program of openova/europe failed: early" });
    const wait = async () => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      map("a", {});
    };
    expect((await run(wait)).map(({ name }) => name)).toEqual(["a"]);
  });

  it("keeps runs that were started together apart", async () => {
    const names = Array.from({ length: 8 }, (_, index) => `stack-${index}`);
    const program = (name: string) => async () => {
      map(`${name}-a`, {});
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (name === "stack-3") fail("three");
      map(`${name}-b`, {});
    };
    const all = await Promise.allSettled(names.map((stack) => run(program(stack), { stack })));
    const got = all.map((one) =>
      one.status === "fulfilled" ? one.value.map((found) => found.urn) : String(one.reason),
    );
    expect(got).toEqual(
      names.map((name) =>
        name === "stack-3"
          ? "EngineError: the program of openova/stack-3 failed: three"
          : ["a", "b"].map((end) => `urn:pulumi:${name}::openova::${CONFIG_MAP}::${name}-${end}`),
      ),
    );
  });

  it("stops when it is told to, and refuses the program everything from then on", async () => {
    const controller = new AbortController();
    const registered: string[] = [];
    const program = async () => {
      controller.abort();
      await new Promise((resolve) => setTimeout(resolve, 5));
      map("late", {}).urn.apply((text) => registered.push(text));
    };
    await expect(run(program, { signal: controller.signal })).rejects.toMatchObject({ code: "MRD5703" });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(registered).toEqual([]);
  });

  it("hands log lines over instead of printing them", async () => {
    const lines: string[] = [];
    const program = async () => {
      await log.info("hello");
      await log.warn("careful");
    };
    await run(program, { onLog: (severity, text) => lines.push(`${severity}: ${text}`) });
    expect(lines).toEqual(["info: hello", "warning: careful"]);
  });

  it("leaves the stack trace limit as it was", async () => {
    const before = Error.stackTraceLimit;
    await run(async () => expect(Error.stackTraceLimit).toBe(0));
    expect(Error.stackTraceLimit).toBe(before);
  });
});

function fail(message: string): never {
  throw new RangeError(message);
}
