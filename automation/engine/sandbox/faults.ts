/** Faults on demand: what the cloud does when it has a bad day, read from the world or the environment. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hex } from "./digest";
import { claim, makeFolder, readText } from "./disk";
import { sandboxError } from "./sandbox-error";
import { isProperties, type Properties, type Value } from "./values";

const kinds = ["throttle", "timeout", "lose-answer", "slow", "fail", "disk-full", "crash", "drift"] as const;
const moments = ["create", "read", "update", "delete"] as const;

/** When a fault can strike. */
export type Moment = (typeof moments)[number];

/** One fault of the file. */
export interface Fault {
  readonly kind: (typeof kinds)[number];
  /** Any of create, read, update and delete when left out. */
  readonly on?: Moment;
  /** A part of the URN; everything when left out. */
  readonly match?: string;
  /** How often it strikes, over all processes. 1 when left out, but `slow` always strikes. */
  readonly times?: number;
  /** Of `slow` and `timeout`. */
  readonly milliseconds?: number;
  /** Of `fail`. */
  readonly message?: string;
  /** Of `crash`: whether the process dies before or after it did what was asked. `after` when left out. */
  readonly when?: "before" | "after";
  /** Of `drift`: top-level properties to change when the resource is read. */
  readonly set?: Properties;
}

type Check = (value: Value) => boolean;
const isWhole: Check = (value) => typeof value === "number" && Number.isInteger(value) && value > 0;
const isOneOf =
  (all: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && all.includes(value);

const fields: Readonly<Record<string, readonly [Check, string]>> = {
  kind: [isOneOf(kinds), `one of ${kinds.join(", ")}`],
  on: [isOneOf(moments), `one of ${moments.join(", ")}`],
  match: [(value) => typeof value === "string", "a text"],
  times: [isWhole, "a whole number of 1 or more"],
  milliseconds: [isWhole, "a whole number of 1 or more"],
  message: [(value) => typeof value === "string", "a text"],
  when: [isOneOf(["before", "after"]), "before or after"],
  set: [isProperties, "an object"],
};

/** `{"faults": [{"kind": "throttle", "times": 3}]}` to faults; `where` is said in errors. */
export function parseFaults(where: string, text: string): readonly Fault[] {
  const wrong = (what: string): Error => sandboxError("MRD7005", `${where} ${what}`);
  let value: Value;
  try {
    value = JSON.parse(text) as Value;
  } catch {
    throw wrong("is not JSON");
  }
  if (!isProperties(value) || !Array.isArray(value["faults"])) throw wrong('must be {"faults": […]}');
  return (value["faults"] as readonly Value[]).map((fault, at) => parseFault(`faults[${at}]`, fault, wrong));
}

function parseFault(path: string, value: Value, wrong: (what: string) => Error): Fault {
  if (!isProperties(value)) throw wrong(`has no object at ${path}`);
  for (const [name, item] of Object.entries(value)) {
    const field = fields[name];
    if (field === undefined)
      throw wrong(`has an unknown field ${path}.${name}, known are ${Object.keys(fields).join(", ")}`);
    if (!field[0](item)) throw wrong(`needs ${path}.${name} to be ${field[1]}`);
  }
  if (value["kind"] === undefined) throw wrong(`needs ${path}.kind to be one of ${kinds.join(", ")}`);
  return value as unknown as Fault;
}

/** Puts faults into a world, armed anew: those of before are forgotten, and how often they struck. */
export function armFaults(world: string, faults: readonly Fault[]): void {
  makeFolder(world);
  rmSync(join(world, "struck"), { recursive: true, force: true });
  const draft = join(world, `faults.${process.pid}`);
  writeFileSync(draft, `${JSON.stringify({ faults }, undefined, 2)}\n`);
  renameSync(draft, join(world, "faults.json"));
}

/** Draws the faults that strike now; each strike is counted on disk, so it counts for all processes. */
export class Faults {
  constructor(
    private readonly folder: string,
    private readonly environment: string | undefined,
  ) {}

  /** The faults of this kind that strike this operation, each of them used up once. */
  strike(
    kind: Fault["kind"],
    moment: Moment,
    urn: string,
    when: "before" | "after" = "after",
  ): readonly Fault[] {
    return this.all().filter(
      (fault, at) =>
        fault.kind === kind &&
        (fault.when ?? "after") === when &&
        (fault.on === undefined || fault.on === moment) &&
        (fault.match === undefined || urn.includes(fault.match)) &&
        this.draw(fault, at),
    );
  }

  private all(): readonly Fault[] {
    const file = join(this.folder, "faults.json");
    const text = readText(file);
    return [
      ...(text === undefined ? [] : parseFaults(file, text)),
      ...(this.environment === undefined ? [] : parseFaults("MERIDIAN_SANDBOX_FAULTS", this.environment)),
    ];
  }

  private draw(fault: Fault, at: number): boolean {
    if (fault.kind === "slow" && fault.times === undefined) return true;
    const tickets = join(this.folder, "struck");
    makeFolder(tickets);
    const name = hex(12, String(at), JSON.stringify(fault));
    const numbers = Array.from({ length: fault.times ?? 1 }, (_, n) => n);
    return numbers.some((n) => claim(join(tickets, `${name}-${n}`)));
  }
}
