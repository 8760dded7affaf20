/** What the sandbox providers know of types, as pure functions: the graph engine uses the same. */
import type { Asked, Cloud, Settings } from "./cloud";
import { cloudOfType } from "./clouds";
import { differences, topLevel, type Difference } from "./difference";
import { asSecret, carrySecrets, revealAll, type Properties } from "./values";

/** What a cloud answers after creating or updating a resource. */
export interface Answer {
  readonly id: string;
  /** The inputs with what the provider fills in: names, namespaces, locations. */
  readonly inputs: Properties;
  /** Secrets carry their mark. */
  readonly outputs: Properties;
}

/** What a change of inputs means. */
export interface Change {
  readonly differences: readonly Difference[];
  /** Top-level properties that differ, sorted. */
  readonly changed: readonly string[];
  /** Paths that cannot be changed in place. */
  readonly replaces: readonly string[];
}

/** True when a change at that path, for example `spec.selector.matchLabels`, means a new resource. */
export const forcesReplacement = (type: string, path: string): boolean =>
  cloudOfType(type).forcesReplacement(type, path);

/** The id and outputs the sandbox gives a resource; `olds` are its outputs before an update. */
export function outputsOf(
  type: string,
  name: string,
  inputs: Properties,
  olds?: Properties,
  settings: Settings = {},
): Answer {
  const cloud = cloudOfType(type);
  const asked: Asked = { type, name, inputs: revealAll(inputs), settings };
  const before = olds && revealAll(olds);
  const complete = { ...asked, inputs: cloud.complete(asked, before) };
  const id = cloud.idOf(complete);
  const outputs = cloud.shape(complete, id, before);
  return { id, inputs: complete.inputs, outputs: markSecrets(cloud, type, outputs, inputs) };
}

/** Marks the outputs that repeat a secret input, and those that are secret in any case. */
export function markSecrets(cloud: Cloud, type: string, outputs: Properties, inputs: Properties): Properties {
  const marked = carrySecrets(outputs, inputs) as Properties;
  const secret = cloud.secretOutputs(type).flatMap((name) => {
    const value = outputs[name];
    return value === undefined ? [] : [[name, asSecret(value)] as const];
  });
  return { ...marked, ...Object.fromEntries(secret) };
}

/** Compares complete inputs; secrets count by their value. */
export function changeOf(type: string, olds: Properties, news: Properties): Change {
  const found = differences(revealAll(olds), revealAll(news));
  return {
    differences: found,
    changed: [...new Set(found.map(({ path }) => topLevel(path)))].sort(),
    replaces: found.map(({ path }) => path).filter((path) => forcesReplacement(type, path)),
  };
}
