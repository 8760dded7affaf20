import type { GraphResource, Operation, ResourceStep } from "../engine";
import { differences, topLevel } from "../sandbox/difference";
import type { Properties } from "../sandbox/values";

/** True when a change at that path means a new resource. */
export type ForcesReplacement = (type: string, path: string) => boolean;

const step = (
  { urn, type, name }: GraphResource,
  operation: Operation,
  changed: readonly string[] = [],
): ResourceStep => ({ urn, type, name, operation, changed });

/**
 * What leads from one graph to the next, in the order it happens: as registered, then deletions with
 * what was registered last going first.
 */
export function stepsBetween(
  before: readonly GraphResource[],
  after: readonly GraphResource[],
  forcesReplacement: ForcesReplacement,
): readonly ResourceStep[] {
  const old = new Map(before.map((resource) => [resource.urn, resource]));
  const kept = new Set(after.map(({ urn }) => urn));
  const gone = before.filter(({ urn }) => !kept.has(urn)).map((resource) => step(resource, "delete"));
  const rest = after.map((resource) => stepOf(old.get(resource.urn), resource, forcesReplacement));
  return [...rest, ...gone.reverse()];
}

function stepOf(
  before: GraphResource | undefined,
  after: GraphResource,
  forcesReplacement: ForcesReplacement,
): ResourceStep {
  if (before === undefined) return step(after, "create");
  // Inputs are what `shown` made of Pulumi's own values: plain JSON.
  const found = differences(before.inputs as Properties, after.inputs as Properties);
  if (found.length === 0) return step(after, "same");
  const changed = [...new Set(found.map(({ path }) => topLevel(path)))].sort();
  const replaced = after.custom && found.some(({ path }) => forcesReplacement(after.type, path));
  return step(after, replaced ? "replace" : "update", changed);
}
