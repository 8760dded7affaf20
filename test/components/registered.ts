/** Runs a program against Pulumi's mock monitor and keeps what it registered. */
import { secret } from "@pulumi/pulumi";
import { setMocks, type MockMonitor, type Mocks } from "@pulumi/pulumi/runtime/mocks";
import { disconnect, getMonitor } from "@pulumi/pulumi/runtime/settings";
import type { ProgramContext } from "../../components/program-context";

/** One resource as the program asked for it, names in place of URNs. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly custom: boolean;
  readonly protect: boolean;
  readonly dependsOn: readonly string[];
  readonly provider: string | undefined;
  /** Secrets in clear. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Paths of the secret inputs, sorted. */
  readonly secrets: readonly string[];
}

/** What the monitor reads of a request; the generated class has no types. */
interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getProtect(): boolean;
  getDependenciesList(): string[];
  getProvider(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
}

const SECRET = "4dabf18193072939515e22adb298388d";
const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** The mock monitor itself, which also says what the engine supports: secrets above all. */
async function recordingMonitor(): Promise<readonly Registered[]> {
  const mocks: Mocks = {
    call: () => ({}),
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as Record<string, unknown> }),
  };
  await setMocks(mocks, "openova", "europe", false);
  const monitor = getMonitor() as unknown as MockMonitor;
  const register = monitor.registerResource.bind(monitor);
  const seen: Registered[] = [];
  monitor.registerResource = (req: Request, callback) => {
    seen.push(recorded(req));
    return register(req, callback);
  };
  return seen;
}

function recorded(req: Request): Registered {
  const secrets: string[] = [];
  const inputs = inClear(req.getObject().toJavaScript(), "", secrets);
  return {
    type: req.getType(),
    name: req.getName(),
    parent: req.getParent() === "" ? undefined : nameOf(req.getParent()),
    custom: req.getCustom(),
    protect: req.getProtect(),
    dependsOn: [...new Set(req.getDependenciesList().map(nameOf))].sort(),
    provider: req.getProvider() === "" ? undefined : req.getProvider().split("::").at(-2),
    inputs: inputs as Readonly<Record<string, unknown>>,
    secrets: secrets.sort(),
  };
}

function inClear(value: unknown, path: string, secrets: string[]): unknown {
  if (Array.isArray(value)) return value.map((item, at) => inClear(item, `${path}[${String(at)}]`, secrets));
  if (typeof value !== "object" || value === null) return value;
  if (SECRET in value) {
    secrets.push(path);
    return inClear((value as unknown as { value: unknown }).value, path, []);
  }
  const join = (key: string): string => (path === "" ? key : `${path}.${key}`);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, inClear(item, join(key), secrets)]),
  );
}

/** Every resource in the order of registration. */
export async function registered(program: () => unknown): Promise<readonly Registered[]> {
  const seen = await recordingMonitor();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0; // Pulumi captures a stack for every promise: most of the time goes there.
  try {
    await program();
    await disconnect(); // when every registration is through
  } finally {
    Error.stackTraceLimit = limit;
  }
  return seen;
}

/** `secret("pg")` is `pg-value` in these tests. */
export const context = (target: ProgramContext["target"] = "sandbox"): ProgramContext => ({
  target,
  secret: (ref) => secret(`${ref.secret}-value`),
});

/** The one resource of that name, by type where a component shares it. */
export function find(all: readonly Registered[], name: string, type = ""): Registered {
  const found = all.filter((one) => one.name === name && one.type.endsWith(type));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new RangeError(
      `${String(found.length)} resources "${name}" of ${all.map((one) => one.name).join(", ")}`,
    );
  }
  return only;
}

/** `type name < parent`, sorted: the shape of a stack at a glance. */
export const outline = (all: readonly Registered[]): readonly string[] =>
  all.map(({ type, name, parent }) => `${type} ${name}${parent === undefined ? "" : ` < ${parent}`}`).sort();
