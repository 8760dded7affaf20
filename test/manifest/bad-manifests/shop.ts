/** A small platform that is right, with something broken in it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ruleCatalog } from "../../../automation/fleet/catalog-facts";
import { catalog } from "../../../automation/manifest/catalog/data";
import type { SourceFile } from "../../../automation/manifest/diagnostic";
import { codeFrame } from "../../../automation/manifest/diagnostics/code-frame";
import { loadManifests } from "../../../automation/manifest/load";

/** Files by path; undefined takes one away. */
export type Files = Readonly<Record<string, string | undefined>>;

export interface BadCase {
  readonly name: string;
  readonly given: readonly SourceFile[];
  /** All that is printed. */
  readonly says: string;
  /** The nearest manifests that pass. */
  readonly good?: readonly SourceFile[];
}

export type Edit = readonly [file: string, from: string, to: string];

const FOLDER = join(__dirname, "../../fixtures/bad-manifests/shop");
const PATHS = ["platform.yaml", "regions/germany.yaml", "regions/finland.yaml", "workspaces/first.yaml"];
const BASE: Files = Object.fromEntries(PATHS.map((path) => [path, readFileSync(join(FOLDER, path), "utf8")]));

function edited(files: Files, [file, from, to]: Edit): Files {
  const text = files[file];
  if (text?.split(from).length !== 2) throw new RangeError(`${file} does not hold "${from}" once`);
  return { ...files, [file]: text.replace(from, () => to) };
}

const sources = (files: Files): readonly SourceFile[] =>
  Object.entries(files).flatMap(([file, text]) => (text === undefined ? [] : [{ file, text }]));

/** The platform with edits made one after the other; each must find its text exactly once. */
export const shop = (...edits: readonly Edit[]): readonly SourceFile[] => sources(edits.reduce(edited, BASE));

/** The platform with files added, replaced or taken away. */
export const shopWith = (files: Files, ...edits: readonly Edit[]): readonly SourceFile[] =>
  sources({ ...edits.reduce(edited, BASE), ...files });

/** One file and nothing else. */
export const alone = (text: string): readonly SourceFile[] => [{ file: "region.yaml", text }];

/** A file of it, by its path. */
export const original = (file: string): string => BASE[file] ?? "";

export const load = (given: readonly SourceFile[]) => loadManifests(given, ruleCatalog(catalog));

/** What a person reads: every frame, a blank line between them. */
export function printed(given: readonly SourceFile[]): string {
  const texts = new Map(given.map(({ file, text }) => [file, text]));
  return load(given)
    .diagnostics.map((diagnostic) => codeFrame(texts.get(diagnostic.place.file), diagnostic))
    .join("\n\n");
}

/** The lines between the backticks, without the indentation they share. */
export function lines(strings: TemplateStringsArray): string {
  const rows = (strings.raw[0] ?? "").replace(/^\n/, "").replace(/\n *$/, "").split("\n");
  const shared = Math.min(...rows.filter((row) => row !== "").map((row) => row.search(/[^ ]|$/)));
  return rows.map((row) => row.slice(shared)).join("\n");
}
