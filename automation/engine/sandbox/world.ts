/**
 * The world of the sandbox on disk: a folder a resource, a file an entry of its history.
 *
 * A new entry is a new file that must not exist yet, linked into place when it is whole. So there is
 * nothing to lock and nothing to repair: of two processes one is first, and a kill leaves the entry
 * before or the entry after, never a part of it.
 */
import { join } from "node:path";
import { hex } from "./digest";
import { makeFolder, namesIn, readText, sweepDrafts, writeNew } from "./disk";
import { parseEntry, type Entry } from "./entry";
import { sandboxError } from "./sandbox-error";
import type { Properties } from "./values";

/** What the caller says of a new entry; the world adds the rest. */
export type NewEntry = Omit<Entry, "format" | "revision" | "at">;

const REVISION_FILE = /^(\d{6})\.json$/;

const fileName = (revision: number): string => `${String(revision).padStart(6, "0")}.json`;

/** A folder name a person can read, and that no two keys share. */
const folderName = (key: string): string =>
  `${key.replaceAll(/[^A-Za-z0-9.-]+/g, "_").slice(-90)}.${hex(12, key)}`;

/** One world. Every call reads or writes the disk: other processes work on it at the same time. */
export class World {
  private prepared = false;

  constructor(readonly folder: string) {}

  /** The newest entry of a key, a delete too; undefined when there never was one. */
  last(key: string): Entry | undefined {
    const entry = this.newest(folderName(key));
    if (entry === undefined || entry.key === key) return entry;
    throw sandboxError(
      "MRD7002",
      `the sandbox world is damaged: ${this.pathOf(folderName(key))} holds ${entry.key}`,
    );
  }

  /** The resource as it is now; undefined when there is none. */
  current(key: string): Entry | undefined {
    const entry = this.last(key);
    return entry?.operation === "delete" ? undefined : entry;
  }

  /** Every resource there is now, sorted by key. */
  live(): readonly Entry[] {
    return this.folders()
      .flatMap((name) => this.newest(name) ?? [])
      .filter(({ operation }) => operation !== "delete")
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** Everything that ever happened, in the order of writing as far as clocks tell. */
  journal(): readonly Entry[] {
    return this.folders()
      .flatMap((name) => this.revisions(name).map((revision) => this.read(name, revision)))
      .sort((a, b) =>
        a.at === b.at ? a.key.localeCompare(b.key) || a.revision - b.revision : a.at < b.at ? -1 : 1,
      );
  }

  /** Adds an entry after `previous`; false when another process was first. */
  append(entry: NewEntry, previous: Entry | undefined, fault?: () => void): boolean {
    this.prepare();
    const folder = this.pathOf(folderName(entry.key));
    makeFolder(folder);
    const revision = (previous?.revision ?? 0) + 1;
    const whole: Entry = { ...entry, format: 1, revision, at: new Date().toISOString() };
    const text = `${JSON.stringify(whole, undefined, 1)}\n`;
    return writeNew(join(folder, fileName(revision)), text, this.scratch, fault);
  }

  private get scratch(): string {
    return join(this.folder, "drafts");
  }

  private prepare(): void {
    if (this.prepared) return;
    makeFolder(this.scratch);
    sweepDrafts(this.scratch, Date.now());
    this.prepared = true;
  }

  private pathOf(name: string): string {
    return join(this.folder, "resources", name);
  }

  private folders(): readonly string[] {
    return namesIn(join(this.folder, "resources"));
  }

  private revisions(name: string): readonly number[] {
    const found = namesIn(this.pathOf(name))
      .flatMap((file) => REVISION_FILE.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    const missing = found.findIndex((revision, at) => revision !== at + 1);
    if (missing < 0) return found;
    throw sandboxError(
      "MRD7002",
      `the sandbox world is damaged: ${join(this.pathOf(name), fileName(missing + 1))} is missing`,
    );
  }

  private newest(name: string): Entry | undefined {
    const revision = this.revisions(name).at(-1);
    return revision === undefined ? undefined : this.read(name, revision);
  }

  private read(name: string, revision: number): Entry {
    const file = join(this.pathOf(name), fileName(revision));
    return parseEntry(file, readText(file) ?? "", revision);
  }
}

/** Changes a resource behind Meridian's back, as somebody at a cloud console would. */
export function drift(
  world: World,
  key: string,
  edit: (entry: Entry) => { readonly inputs: Properties; readonly outputs: Properties },
): Entry {
  const entry = world.current(key);
  if (entry === undefined) throw sandboxError("MRD7012", `there is no ${key} to drift`);
  world.append({ ...entry, ...edit(entry), operation: "drift" }, entry);
  return world.last(key) ?? entry;
}

/** Removes a resource behind Meridian's back. */
export function vanish(world: World, key: string): void {
  const entry = world.current(key);
  if (entry !== undefined) world.append({ ...entry, operation: "delete" }, entry);
}
