import { sandboxError } from "./sandbox-error";
import { isProperties, type Properties, type Value } from "./values";

/** What happened to a resource. `drift` is a change behind Meridian's back, made on purpose. */
export const operations = ["create", "update", "delete", "drift"] as const;
export type WorldOperation = (typeof operations)[number];

/** One line of a resource's history; the last one is what it is now. */
export interface Entry {
  readonly format: 1;
  /** The identity in the cloud, for example `kubernetes/eu/apps/Deployment/shop/web`. */
  readonly key: string;
  /** 1, 2, 3, … in the history of this key. */
  readonly revision: number;
  readonly operation: WorldOperation;
  /** ISO 8601, when it was written. */
  readonly at: string;
  readonly type: string;
  /** Of the resource that owns it. */
  readonly urn: string;
  readonly id: string;
  /** Secrets are `[secret]`. */
  readonly inputs: Properties;
  readonly outputs: Properties;
}

const texts = ["key", "at", "type", "urn", "id"] as const;

/** Reads one entry back; anything but a whole one is a damaged world. */
export function parseEntry(file: string, text: string, revision: number): Entry {
  const damage = (what: string): Error =>
    sandboxError("MRD7002", `the sandbox world is damaged: ${file} ${what}`);
  let value: Value;
  try {
    value = JSON.parse(text) as Value;
  } catch {
    throw damage(text === "" ? "is empty" : "is not JSON, or only a part of it");
  }
  if (!isProperties(value)) throw damage("does not hold an object");
  if (value["format"] !== 1) throw damage("has a format this version does not know");
  const wrong = texts.find((name) => typeof value[name] !== "string");
  if (wrong !== undefined) throw damage(`has no "${wrong}"`);
  if (value["revision"] !== revision)
    throw damage(`says revision ${JSON.stringify(value["revision"] ?? null)}`);
  if (!(operations as readonly Value[]).includes(value["operation"] ?? null))
    throw damage('has no known "operation"');
  if (!isProperties(value["inputs"]) || !isProperties(value["outputs"]))
    throw damage("has no inputs or outputs");
  return value as unknown as Entry;
}
