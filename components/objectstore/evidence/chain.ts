/**
 * Evidence as chains of SHA-256 hashes, and what is wrong with one.
 *
 * The part of a key before the first `/` names its chain; a chain goes in the order of its keys. Each object says
 * in its metadata the hash of its own bytes (`sha256`) and the link of the object before it (`previous`), where
 * a link is the hash of previous link, key and own hash. So no object can be changed, left out, put in or
 * renamed without every later link telling. A chain cut off at its end looks whole: its head is reported, to be
 * compared with the head of another region and with what the writer remembers.
 */
import { createHash } from "node:crypto";

/** The link before the first object. */
export const GENESIS = "0".repeat(64);

/** One key as it was found. */
export interface Evidence {
  readonly key: string;
  /** Of the bytes as they are now. */
  readonly sha256: string;
  /** What its metadata says of them. */
  readonly claimed?: string;
  readonly previous?: string;
  /** How many versions there are: evidence is written once. */
  readonly versions: number;
  /** Hidden by a delete marker. */
  readonly deleted: boolean;
}

export type BreakKind = "altered" | "unlinked" | "unmarked" | "rewritten" | "deleted";

export interface Break {
  readonly kind: BreakKind;
  readonly key: string;
  readonly detail: string;
}

export interface ChainReport {
  readonly chain: string;
  readonly length: number;
  /** Link of the last object. */
  readonly head: string;
  readonly breaks: readonly Break[];
}

export const chainOf = (key: string): string => key.split("/", 1)[0] ?? key;

/** The link of an object: what the next one names as `previous`. */
export const linkOf = (previous: string, key: string, sha256: string): string =>
  createHash("sha256").update(`${previous}\n${key}\n${sha256}`).digest("hex");

/** What is wrong with one object, given the link before it. */
function breaksOf(object: Evidence, expected: string): readonly Break[] {
  const { key, sha256, claimed, previous, versions, deleted } = object;
  const found: Break[] = [];
  const tell = (kind: BreakKind, detail: string): void => void found.push({ kind, key, detail });
  if (claimed === undefined || previous === undefined)
    tell("unmarked", "its metadata lacks sha256 or previous");
  if (claimed !== undefined && claimed !== sha256)
    tell("altered", `its bytes hash to ${sha256}, not ${claimed}`);
  if (previous !== undefined && previous !== expected)
    tell("unlinked", `it follows ${previous}, but the object before it is ${expected}`);
  if (versions > 1) tell("rewritten", `it has ${String(versions)} versions`);
  if (deleted) tell("deleted", "a delete marker hides it");
  return found;
}

/** Verifies objects in the order of their keys; yields a report as each chain ends. */
export async function* verifyChains(objects: AsyncIterable<Evidence>): AsyncGenerator<ChainReport> {
  let chain: { name: string; length: number; head: string; breaks: Break[] } | undefined;
  for await (const object of objects) {
    const name = chainOf(object.key);
    if (chain !== undefined && chain.name !== name) yield report(chain);
    if (chain?.name !== name) chain = { name, length: 0, head: GENESIS, breaks: [] };
    chain.breaks.push(...breaksOf(object, chain.head));
    chain.length += 1;
    // Goes on with what the writer linked, so one break is told once and not for all that follow.
    chain.head = linkOf(object.previous ?? chain.head, object.key, object.claimed ?? object.sha256);
  }
  if (chain !== undefined) yield report(chain);
}

const report = ({
  name,
  length,
  head,
  breaks,
}: {
  readonly name: string;
  readonly length: number;
  readonly head: string;
  readonly breaks: readonly Break[];
}): ChainReport => ({ chain: name, length, head, breaks });
