/**
 * Which stacks a change touches, and which field of which file touches them.
 *
 * A field is a reason for a stack when changing that field alone changes the stack's hash: found by
 * planning that very manifest set, so it cannot drift from what the planner really reads.
 */
import { formatPath, valueAt } from "../manifest/diagnostics/manifest-path";
import type { Loaded } from "../manifest/rules/problem";
import type { ResolvedManifest } from "../manifest/schema/manifest";
import { differences, withValue } from "./differences";
import { type StackSpec, stackId } from "./stack-spec";

export interface Reason {
  readonly file: string;
  /** `spec.services.postgres.instances`; absent when the whole file came or went. */
  readonly field?: string;
}

export interface AffectedStack {
  /** `openova/europe`. */
  readonly stack: string;
  readonly change: "create" | "update" | "destroy";
  readonly reasons: readonly Reason[];
}

/** Manifests to stacks; the planner with its catalog already bound. */
export type PlanFunction = (manifests: readonly ResolvedManifest[]) => readonly StackSpec[];

interface FieldChange {
  readonly reason: Reason;
  readonly apply: (manifests: ReadonlyMap<string, ResolvedManifest>) => ReadonlyMap<string, ResolvedManifest>;
}

const identityOf = ({ kind, metadata }: ResolvedManifest): string =>
  "platform" in metadata ? `${kind} ${metadata.platform}/${metadata.name}` : `${kind} ${metadata.name}`;

const index = (all: readonly Loaded[]): ReadonlyMap<string, Loaded> =>
  new Map(all.map((one) => [identityOf(one.manifest), one]));

const platformOf = ({ metadata }: ResolvedManifest): string =>
  "platform" in metadata ? metadata.platform : metadata.name;

function replaceWith(identity: string, manifest: ResolvedManifest | undefined): FieldChange["apply"] {
  return (manifests) => {
    const next = new Map(manifests);
    if (manifest === undefined) next.delete(identity);
    else next.set(identity, manifest);
    return next;
  };
}

/** Every change as small as it can be made: a field, or a whole manifest that came or went. */
function changesBetween(
  before: ReadonlyMap<string, Loaded>,
  after: ReadonlyMap<string, Loaded>,
): readonly FieldChange[] {
  const identities = [...new Set([...before.keys(), ...after.keys()])].sort();
  return identities.flatMap((identity): readonly FieldChange[] => {
    const old = before.get(identity);
    const now = after.get(identity);
    if (old === undefined || now === undefined) {
      const file = (now ?? old)?.origin.file ?? "";
      return [{ reason: { file }, apply: replaceWith(identity, now?.manifest) }];
    }
    return differences(old.manifest, now.manifest).map((path) => ({
      reason: { file: now.origin.file, field: formatPath(path) },
      apply: replaceWith(
        identity,
        withValue(old.manifest, path, valueAt(now.manifest, path)) as ResolvedManifest,
      ),
    }));
  });
}

const hashes = (specs: readonly StackSpec[]): ReadonlyMap<string, string> =>
  new Map(specs.map((spec) => [stackId(spec), spec.hash]));

function differing(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((stack) => before.get(stack) !== after.get(stack))
    .sort();
}

/** Manifests of the platforms that changed at all: the others cannot be affected. */
function narrow(all: readonly Loaded[], platforms: ReadonlySet<string>): readonly Loaded[] {
  return all.filter(({ manifest }) => platforms.has(platformOf(manifest)));
}

function touchedPlatforms(before: readonly Loaded[], after: readonly Loaded[]): ReadonlySet<string> {
  const [was, is] = [index(before), index(after)];
  const touched = [...was, ...is].filter(([identity]) => {
    const [old, now] = [was.get(identity), is.get(identity)];
    return old === undefined || now === undefined || differences(old.manifest, now.manifest).length > 0;
  });
  return new Set(touched.map(([, { manifest }]) => platformOf(manifest)));
}

/** Stacks whose hash differs, each with its reasons. A change that only matters together with others names them all. */
export function affectedStacks(
  before: readonly Loaded[],
  after: readonly Loaded[],
  plan: PlanFunction,
): readonly AffectedStack[] {
  const platforms = touchedPlatforms(before, after);
  const [was, is] = [index(narrow(before, platforms)), index(narrow(after, platforms))];
  const manifests = (of: ReadonlyMap<string, Loaded>) =>
    new Map([...of].map(([identity, one]) => [identity, one.manifest]));
  const base = manifests(was);
  const [oldHashes, newHashes] = [
    hashes(plan([...base.values()])),
    hashes(plan([...manifests(is).values()])),
  ];
  const changes = changesBetween(was, is);
  const alone = changes.map(({ reason, apply }) => ({
    reason,
    touches: new Set(differing(oldHashes, hashes(plan([...apply(base).values()])))),
  }));
  return differing(oldHashes, newHashes).map((stack) => {
    const own = alone.filter(({ touches }) => touches.has(stack)).map(({ reason }) => reason);
    const change = !oldHashes.has(stack) ? "create" : newHashes.has(stack) ? "update" : "destroy";
    return { stack, change, reasons: own.length > 0 ? own : changes.map(({ reason }) => reason) };
  });
}
