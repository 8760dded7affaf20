/** What a provider does with one resource, in plain values: gRPC is one file further. */
import type { Asked, Cloud, Problem, Settings } from "./cloud";
import { changeOf, markSecrets, type Change } from "./knowledge";
import { sandboxError } from "./sandbox-error";
import type { Entry } from "./entry";
import type { Trouble } from "./trouble";
import {
  carrySecrets,
  keepUnknown,
  hide,
  restoreHidden,
  revealAll,
  sameValue,
  secretTexts,
  unknownUnlessGiven,
  UNKNOWN,
  type Properties,
} from "./values";
import type { NewEntry, World } from "./world";

/** A provider, configured. */
export interface Session {
  readonly cloud: Cloud;
  readonly world: World;
  readonly settings: Settings;
  readonly trouble: Trouble;
}

/** Which resource of which program. */
export interface Subject {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
}

/** A resource with its marks for secrets. */
export interface Resource {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

const asked = ({ settings }: Session, { urn, type, name }: Subject, inputs: Properties): Asked => ({
  type,
  name,
  inputs: revealAll(inputs),
  settings,
  seed: urn.split("::").slice(0, 2).join("::"),
});

/** Completes the inputs and says what the cloud would refuse. */
export function check(
  session: Session,
  subject: Subject,
  olds: Properties,
  news: Properties,
): { readonly inputs: Properties; readonly problems: readonly Problem[] } {
  const request = asked(session, subject, news);
  const inputs = session.cloud.complete(request, revealAll(olds));
  return {
    inputs: carrySecrets(inputs, news) as Properties,
    problems: session.cloud.problems({ ...request, inputs }),
  };
}

/** What changing the inputs means; a replacement under the same identity deletes first. */
export function diff(
  session: Session,
  subject: Subject,
  id: string,
  olds: Properties,
  news: Properties,
): Change & { readonly deleteBeforeReplace: boolean } {
  const change = changeOf(subject.type, olds, news);
  const next = asked(session, subject, news);
  const nextId = session.cloud.idOf(next);
  const key = (of: string, inputs: Properties): string =>
    session.cloud.keyOf(subject.type, of, session.settings, inputs);
  const same = nextId.includes(UNKNOWN) || key(nextId, next.inputs) === key(id, revealAll(olds));
  return { ...change, deleteBeforeReplace: change.replaces.length > 0 && same };
}

/** What would come out, with everything the cloud makes up unknown. */
export function previewOutputs(
  session: Session,
  subject: Subject,
  inputs: Properties,
  olds?: Properties,
): Properties {
  const id = session.cloud.idOf(asked(session, subject, inputs));
  const outputs = shaped(session, subject, inputs, id, olds && revealAll(olds));
  return (olds === undefined ? unknownUnlessGiven : keepUnknown)(outputs, inputs) as Properties;
}

function shaped(
  session: Session,
  subject: Subject,
  inputs: Properties,
  id: string,
  olds?: Properties,
): Properties {
  const plain = session.cloud.shape(asked(session, subject, inputs), id, olds);
  return markSecrets(session.cloud, subject.type, plain, inputs);
}

/** Makes it; what the same URN made before, and never heard of, is taken over. */
export async function create(session: Session, subject: Subject, inputs: Properties): Promise<Resource> {
  const fault = await session.trouble.before("create", subject.urn);
  const request = asked(session, subject, inputs);
  const id = session.cloud.idOf(request);
  for (const parent of session.cloud.parents(request, id)) {
    if (session.world.current(parent.key) === undefined) throw sandboxError("MRD7011", parent.missing);
  }
  const key = session.cloud.keyOf(subject.type, id, session.settings, request.inputs);
  const made = settle(session.world, key, (last) => {
    if (last === undefined || last.operation === "delete") {
      const outputs = shaped(session, subject, inputs, id);
      return done({ id, inputs, outputs }, entryOf("create", key, subject, id, inputs, outputs), fault);
    }
    return adopt(session, subject, id, inputs, last, fault);
  });
  await session.trouble.after("create", subject.urn);
  return made;
}

function adopt(
  session: Session,
  subject: Subject,
  id: string,
  inputs: Properties,
  last: Entry,
  fault?: () => void,
): Step {
  if (last.urn !== subject.urn) {
    throw sandboxError("MRD7010", `${last.type} "${last.id}" already exists`, {
      facts: [`owned by ${last.urn}`],
    });
  }
  if (changeOf(subject.type, last.inputs, hide(inputs)).replaces.length > 0) {
    return { entry: { ...last, operation: "delete" }, again: true };
  }
  return amend(session, subject, id, inputs, last, inputs, fault);
}

/** Changes it in place; when nothing differs from what is there, nothing is written. */
export async function update(
  session: Session,
  subject: Subject,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Resource> {
  const fault = await session.trouble.before("update", subject.urn);
  const key = session.cloud.keyOf(subject.type, id, session.settings, revealAll(news));
  const changed = settle(session.world, key, (last) => {
    if (last === undefined || last.operation === "delete") {
      throw sandboxError("MRD7012", `${subject.type} "${id}" is not in the sandbox world any more`);
    }
    return amend(session, subject, id, news, last, olds, fault);
  });
  await session.trouble.after("update", subject.urn);
  return changed;
}

function amend(
  session: Session,
  subject: Subject,
  id: string,
  inputs: Properties,
  last: Entry,
  known: Properties,
  fault: (() => void) | undefined,
): Step {
  const before = restoreHidden(last.outputs, known) as Properties;
  const same = last.operation !== "drift" && last.urn === subject.urn && sameValue(last.inputs, hide(inputs));
  // A hidden secret cannot be compared: when there is one, only writing is certain to be right.
  if (same && secretTexts(inputs).length === 0) return { result: { id, inputs, outputs: before } };
  const outputs = shaped(session, subject, inputs, id, revealAll(before));
  return done({ id, inputs, outputs }, entryOf("update", last.key, subject, id, inputs, outputs), fault);
}

/** Removes it, and what is inside it; what is gone already is no error. */
export async function remove(
  session: Session,
  subject: Subject,
  id: string,
  olds: Properties,
): Promise<void> {
  const fault = await session.trouble.before("delete", subject.urn);
  const key = session.cloud.keyOf(subject.type, id, session.settings, revealAll(olds));
  if (session.cloud.holdsOthers(subject.type)) {
    for (const child of session.world.live()) {
      if (child.key !== key && session.cloud.contains({ key, id }, child))
        removeKey(session.world, child.key, fault);
    }
  }
  removeKey(session.world, key, fault);
  await session.trouble.after("delete", subject.urn);
}

const removeKey = (world: World, key: string, fault: (() => void) | undefined): void =>
  settle(world, key, (last) =>
    last === undefined || last.operation === "delete"
      ? { result: undefined }
      : { result: undefined, entry: { ...last, operation: "delete" }, fault },
  );

/** The resource as it is in the world; undefined when it is gone. */
export async function read(
  session: Session,
  subject: Subject,
  id: string,
  olds: { readonly inputs: Properties; readonly outputs: Properties },
): Promise<Resource | undefined> {
  await session.trouble.before("read", subject.urn);
  const key = session.cloud.keyOf(subject.type, id, session.settings, revealAll(olds.outputs));
  session.trouble.drift(session.world, key, subject.urn);
  const entry = session.world.current(key);
  if (entry === undefined) return undefined;
  return {
    id: entry.id,
    inputs: restoreHidden(entry.inputs, revealAll(olds.inputs)) as Properties,
    outputs: restoreHidden(entry.outputs, revealAll(olds.outputs)) as Properties,
  };
}

interface Outcome<T> {
  readonly result: T;
  readonly entry?: NewEntry;
  readonly fault?: (() => void) | undefined;
}

/** A step of a resource: an outcome, or an entry to write before looking again. */
type Step = Outcome<Resource> | { readonly entry: NewEntry; readonly again: true };

const done = (result: Resource, entry: NewEntry, fault: (() => void) | undefined): Outcome<Resource> => ({
  result,
  entry,
  fault,
});

const entryOf = (
  operation: NewEntry["operation"],
  key: string,
  { urn, type }: Subject,
  id: string,
  inputs: Properties,
  outputs: Properties,
): NewEntry => ({ key, operation, type, urn, id, inputs: hide(inputs), outputs: hide(outputs) });

const ATTEMPTS = 20;

/** Decides from the newest entry and writes the next one; looks again when another process was first. */
function settle<T>(
  world: World,
  key: string,
  decide: (last: Entry | undefined) => Outcome<T> | { readonly entry: NewEntry; readonly again: true },
): T {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const last = world.last(key);
    const step = decide(last);
    if ("again" in step) world.append(step.entry, last);
    else if (step.entry === undefined || world.append(step.entry, last, step.fault)) return step.result;
  }
  throw sandboxError("MRD7006", `${key} kept changing while it was worked on`);
}
