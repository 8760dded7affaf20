import type { Deployment, PendingOperation, StateResource } from "./checkpoint";

/** The id a resource has once it exists, when its inputs alone decide it. */
export type KnowsId = (type: string, inputs: Readonly<Record<string, unknown>>) => string | undefined;

/** A state without pending operations, and what became of them. */
export interface Repaired {
  readonly deployment: Deployment;
  /** Creations that may have happened: now in the state, for a refresh to find or to forget. */
  readonly adopted: readonly string[];
  /** Creations whose id nobody can know: if the cloud made them, its answer is lost. */
  readonly unknown: readonly string[];
}

/**
 * Settles what a killed run left pending.
 *
 * Updates and deletions are simply done again. A creation may have happened or not: where the id can be
 * known the resource is put into the state, and the refresh that must follow keeps it with the outputs
 * the cloud has, or drops it. So it is made exactly once either way.
 */
export function repair(deployment: Deployment, knowsId: KnowsId): Repaired {
  const pending = deployment.pending_operations ?? [];
  const resources = deployment.resources ?? [];
  const present = new Set(resources.filter((one) => one.delete !== true).map(({ urn }) => urn));
  // A replacement's old half is still there: putting the new one beside it would make two of one name.
  const creations = pending.filter(({ type, resource }) => type === "creating" && !present.has(resource.urn));
  const found = creations.map((operation) => ({ operation, id: idOf(operation, knowsId) }));
  const adopted = found.flatMap(({ operation, id }) =>
    id === undefined ? [] : { ...operation.resource, id },
  );
  const repaired = { ...deployment, resources: [...resources, ...withoutRepeats(adopted)] };
  delete repaired.pending_operations;
  return {
    deployment: repaired,
    adopted: adopted.map(({ urn }) => urn),
    unknown: found.flatMap(({ operation, id }) => (id === undefined ? [operation.resource.urn] : [])),
  };
}

const idOf = ({ resource }: PendingOperation, knowsId: KnowsId): string | undefined =>
  resource.custom ? resource.id || knowsId(resource.type, resource.inputs ?? {}) : undefined;

const withoutRepeats = (all: readonly StateResource[]): readonly StateResource[] => [
  ...new Map(all.map((one) => [one.urn, one])).values(),
];

/** Kubernetes objects are called by namespace and name. Other clouds make up ids, or need their account's. */
export const knownId: KnowsId = (type, inputs) => {
  if (!type.startsWith("kubernetes:")) return undefined;
  const { name, namespace } = (inputs["metadata"] ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || name === "") return undefined;
  return typeof namespace === "string" && namespace !== "" ? `${namespace}/${name}` : name;
};
