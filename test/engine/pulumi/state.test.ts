/** State without an engine: where it is, its passphrase, reading it, mending it, and settling what a kill left. */
import fc from "fast-check";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EngineError } from "../../../automation/engine/engine-error";
import { backendOf } from "../../../automation/engine/pulumi/backend";
import { clearDeadLocks } from "../../../automation/engine/pulumi/backend-lock";
import type {
  Deployment,
  PendingOperation,
  StateResource,
} from "../../../automation/engine/pulumi/checkpoint";
import { passphraseVariables } from "../../../automation/engine/pulumi/passphrase";
import { knownId, repair } from "../../../automation/engine/pulumi/repair";
import { fileStore } from "../../../automation/engine/pulumi/state-store";
import {
  ensureStack,
  mendState,
  readState,
  stateFile,
  writeState,
} from "../../../automation/engine/pulumi/state-files";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "meridian state's "))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as EngineError;
    return `${code} ${message}`;
  }
};

describe("the backend of a target", () => {
  test.each([
    {
      name: "files by default",
      target: "sandbox",
      environment: {},
      url: "file:///m/state/sandbox?metadata=skip",
    },
    {
      name: "its own by configuration",
      target: "cloud",
      environment: { MERIDIAN_BACKEND: "s3://states" },
      url: "s3://states",
    },
    {
      name: "a folder by configuration",
      target: "sandbox",
      environment: { MERIDIAN_SANDBOX_BACKEND: "file:///srv/my%20states", MERIDIAN_BACKEND: "s3://states" },
      url: "file:///srv/my%20states?metadata=skip",
    },
  ] as const)("is $name", ({ target, environment, url }) => {
    expect(backendOf("/m", target, environment).url).toBe(url);
  });

  test("is never one for both", () => {
    const environment = { MERIDIAN_BACKEND: "s3://one", MERIDIAN_SANDBOX_BACKEND: "s3://one" };
    expect(thrown(() => backendOf("/m", "cloud", environment))).toBe(
      "MRD5211 sandbox and cloud have one backend",
    );
  });
});

describe("the passphrase", () => {
  test("of the sandbox is made once, for this user only", () => {
    const [first, second] = [1, 2].map(() => passphraseVariables(folder, "sandbox", {}));
    expect(first).toEqual(second);
    const file = first?.["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? "";
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toMatch(/^[\w-]{43}$/);
    expect(readdirSync(dirname(file))).toEqual(["sandbox.passphrase"]);
  });

  test.each([
    {
      name: "a value",
      environment: { MERIDIAN_PASSPHRASE: "p" },
      variables: { PULUMI_CONFIG_PASSPHRASE: "p" },
    },
    {
      name: "a file",
      environment: { MERIDIAN_PASSPHRASE_FILE: __filename },
      variables: { PULUMI_CONFIG_PASSPHRASE_FILE: __filename },
    },
    {
      name: "a file that is not there",
      environment: { MERIDIAN_PASSPHRASE_FILE: "/no/such" },
      variables: "MRD5210 the passphrase file /no/such does not exist",
    },
    { name: "nothing", environment: {}, variables: "MRD5210 there is no passphrase for the state's secrets" },
  ])("of the cloud comes from $name", ({ environment, variables }) => {
    expect(thrown(() => passphraseVariables(folder, "cloud", environment))).toEqual(variables);
  });
});

const resource = (name: string, more: Partial<StateResource> = {}): StateResource => ({
  urn: `urn:pulumi:s::p::kubernetes:core/v1:ConfigMap::${name}`,
  type: "kubernetes:core/v1:ConfigMap",
  custom: true,
  inputs: { metadata: { name, namespace: "shop" } },
  ...more,
});

describe("files of a state", () => {
  const files = () => ({ root: folder, platform: "shop", stack: "eu" });
  const beside = (suffix: string): string => `${stateFile(files())}${suffix}`;

  test("a stack that is made holds nothing, and keeps what it holds when it is made again", () => {
    ensureStack(files());
    expect(readState(files())).toEqual({});
    writeState(files(), { resources: [resource("a")] });
    ensureStack(files());
    expect(readState(files())?.resources).toEqual([resource("a")]);
    expect(JSON.parse(readFileSync(beside(".before-repair"), "utf8"))).toMatchObject({ version: 3 });
  });

  test("what a killed CLI left half-written goes, and nothing else", () => {
    ensureStack(files());
    const left = { ".attrs": "", ".bak.attrs": "{}", ".18ea0e1a.tmp": "{", ".bak": "{}" };
    for (const [suffix, text] of Object.entries(left)) writeFileSync(beside(suffix), text);
    writeFileSync(join(dirname(stateFile(files())), "eu-west.json.1.tmp"), "another stack's");
    mendState(files());
    expect(readdirSync(dirname(stateFile(files()))).sort()).toEqual([
      "eu-west.json.1.tmp",
      "eu.json",
      "eu.json.bak",
      "eu.json.bak.attrs",
    ]);
  });

  test("reading makes no folders", async () => {
    const store = fileStore(files());
    expect([await store.read(), await store.list(), await store.lastNote()]).toEqual([
      undefined,
      [],
      undefined,
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a lock that cannot be read is nobody's", () => {
    mkdirSync(join(folder, "locks"));
    writeFileSync(join(folder, "locks", "5a.json"), '{"pid": 1');
    writeFileSync(join(folder, "locks", "5b.json.1.tmp"), "");
    expect(clearDeadLocks(join(folder, "locks"))).toBeUndefined();
    expect(readdirSync(join(folder, "locks"))).toEqual([]);
  });
});

describe("settling what a killed run left", () => {
  const settled = (resources: readonly StateResource[], pending_operations: readonly PendingOperation[]) =>
    repair({ resources, pending_operations } satisfies Deployment, knownId);

  test("a creation whose id is known goes into the state, for the refresh to keep or to drop", () => {
    expect(settled([resource("a")], [{ type: "creating", resource: resource("b") }])).toEqual({
      deployment: { resources: [resource("a"), resource("b", { id: "shop/b" })] },
      adopted: [resource("b").urn],
      unknown: [],
    });
  });

  test.each<{ name: string; pending: PendingOperation; unknown: boolean }>([
    {
      name: "a creation whose id only the cloud knows",
      pending: { type: "creating", resource: resource("b", { type: "azure-native:web:WebApp" }) },
      unknown: true,
    },
    { name: "an update", pending: { type: "updating", resource: resource("b") }, unknown: false },
    { name: "a deletion", pending: { type: "deleting", resource: resource("b") }, unknown: false },
    {
      name: "the new half of a replacement",
      pending: { type: "creating", resource: resource("a") },
      unknown: false,
    },
  ])("$name is simply done again", ({ pending, unknown }) => {
    expect(settled([resource("a")], [pending])).toEqual({
      deployment: { resources: [resource("a")] },
      adopted: [],
      unknown: unknown ? [pending.resource.urn] : [],
    });
  });

  test("whatever was pending: nothing is lost, nothing is twice, nothing stays pending", () => {
    const names = fc.constantFrom("a", "b", "c", "d");
    const one = names.map((name) => resource(name, { id: `shop/${name}` }));
    const types = fc.constantFrom("creating", "updating", "deleting", "reading", "importing" as const);
    const operation = fc.record({ type: types, resource: names.map((name) => resource(name)) });
    fc.assert(
      fc.property(
        fc.uniqueArray(one, { selector: ({ urn }) => urn }),
        fc.array(operation),
        (before, pending) => {
          const { deployment } = settled(before, pending);
          const after = (deployment.resources ?? []).map(({ urn }) => urn);
          expect(deployment.pending_operations).toBeUndefined();
          expect(after).toEqual([...new Set(after)]);
          expect(after.slice(0, before.length)).toEqual(before.map(({ urn }) => urn));
        },
      ),
    );
  });
});
