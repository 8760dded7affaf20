import type { DiagnosticCode } from "../diagnostic";

/** What a code stands for, for `explain` and the documentation. */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  /** The next step. */
  readonly next: string;
  /** What makes it, and the same put right. */
  readonly example?: { readonly wrong: string; readonly right: string };
}

/** MRD1xxx: what can be wrong with one manifest on its own, as YAML (10xx) and against its schema (11xx). */
export const manifestCodes = {
  MRD1001: {
    title: "not YAML",
    meaning: "The text breaks the grammar of YAML here.",
    next: "Look for a missing quote, colon, comma or dash at the caret or on the line before.",
    example: { wrong: "name: shop: germany", right: 'name: "shop: germany"' },
  },
  MRD1002: {
    title: "key given twice",
    meaning: "One mapping has the same key twice, and only one of the values could win.",
    next: "Keep one of the two.",
    example: { wrong: "rpo: 60s\nrpo: 5m", right: "rpo: 60s" },
  },
  MRD1003: {
    title: "tab as indentation",
    meaning: "YAML indents with spaces only: a tab has no agreed width.",
    next: "Replace the tab by spaces.",
    example: { wrong: "spec:\n\ttopology: single", right: "spec:\n  topology: single" },
  },
  MRD1004: {
    title: "uneven indentation",
    meaning: "The line is indented differently from the mapping or list it seems to belong to.",
    next: "Give entries of one mapping or list the same indentation.",
    example: {
      wrong: "spec:\n  topology: single\n   regions: [germany]",
      right: "spec:\n  topology: single\n  regions: [germany]",
    },
  },
  MRD1005: {
    title: "quote or bracket not closed",
    meaning: "A quote, [ or { was opened here and the file ends, or a new entry begins, inside it.",
    next: "Close it, or quote the whole value if the character is meant literally.",
    example: { wrong: "regions: [germany, finland", right: "regions: [germany, finland]" },
  },
  MRD1006: {
    title: "alias without anchor",
    meaning:
      "A value begins with *, which repeats the value marked by & of the same name earlier in the file.",
    next: "Correct the name, or put the value in quotes if it is meant literally.",
    example: { wrong: "size: *big", right: 'size: "*big"' },
  },
  MRD1007: {
    title: "too many anchors or aliases",
    meaning: "The file repeats values by anchors and aliases more often than a manifest needs.",
    next: "Write the repeated values out, or split the file.",
  },
  MRD1008: {
    title: "alias inside its own value",
    meaning: "The value would contain itself without end.",
    next: "Write the value out.",
    example: { wrong: "labels: &all { team: *all }", right: "labels: { team: platform }" },
  },
  MRD1009: {
    title: "nested too deep",
    meaning: "Mappings and lists are nested deeper than any manifest.",
    next: "Flatten it; a bracket that is never closed can look like this.",
  },
  MRD1010: {
    title: "file too large",
    meaning: "The file is larger than a manifest may be.",
    next: "Split it into several files.",
  },
  MRD1011: {
    title: "byte order mark",
    meaning: "The file holds the invisible character U+FEFF, which some editors add and some tools choke on.",
    next: "Save the file as UTF-8 without BOM.",
    example: { wrong: "\uFEFFkind: Region", right: "kind: Region" },
  },
  MRD1012: {
    title: "forbidden character",
    meaning: "A NUL or another control character stands in the file or behind an escape.",
    next: "Remove it; if the whole file looks wrong, save it as UTF-8.",
    example: { wrong: 'name: "shop\\0"', right: 'name: "shop"' },
  },
  MRD1013: {
    title: "not UTF-8",
    meaning: "Bytes that are not UTF-8 were read as the replacement character U+FFFD.",
    next: "Save the file as UTF-8.",
    example: { wrong: "title: M\uFFFDnchen", right: "title: München" },
  },
  MRD1014: {
    title: "key is not text",
    meaning: "A key is a number, true, false, null, a list or a mapping.",
    next: "Put the key in quotes.",
    example: { wrong: "labels: { 1: first }", right: 'labels: { "1": first }' },
  },
  MRD1015: {
    title: "reserved key",
    meaning: "The key `__proto__` has a meaning of its own in JavaScript and is never data.",
    next: "Use another name.",
    example: { wrong: "__proto__: { name: shop }", right: "prototype: { name: shop }" },
  },
  MRD1016: {
    title: "tag",
    meaning: "Tags (!name, !!str) change how a value is read; manifests do without.",
    next: "Remove the tag; quotes make text of a number.",
    example: { wrong: "version: !!str 17", right: 'version: "17"' },
  },
  MRD1017: {
    title: "merge key",
    meaning: "<< merged mappings in YAML 1.1; YAML 1.2 has no such key.",
    next: "Write the merged keys out.",
    example: { wrong: "<<: { team: platform }", right: "team: platform" },
  },
  MRD1018: {
    title: "directive",
    meaning:
      "A line beginning with % before a document changes how it is read; manifests are plain YAML 1.2.",
    next: "Remove the line.",
    example: { wrong: "%YAML 1.2\n---\nkind: Region", right: "kind: Region" },
  },
  MRD1019: {
    title: "empty file",
    meaning: "The file holds nothing, or nothing but comments.",
    next: "Write a manifest, or remove the file.",
    example: { wrong: "# nothing but comments", right: "kind: Region" },
  },
  MRD1020: {
    title: "inexact number",
    meaning: "The number is too large to be kept exactly, infinite, or not a number.",
    next: "Put it in quotes if it is an identifier.",
    example: { wrong: "ticket: 99999999999999999999", right: 'ticket: "99999999999999999999"' },
  },
  MRD1021: {
    title: "lone carriage return",
    meaning: "A carriage return without line feed ends a line for some parsers and not for others.",
    next: "Save the file with LF or CRLF line ends.",
    example: { wrong: "kind: Region\rspec: {}", right: "kind: Region\nspec: {}" },
  },
  MRD1022: {
    title: "too many values",
    meaning: "The file holds more values than a manifest may, aliases followed.",
    next: "Split the file, or write out what its aliases repeat.",
  },
  MRD1023: {
    title: "key too long",
    meaning: "A key is longer than any name; often a line break or a quote is missing.",
    next: "Use a shorter key.",
  },
  MRD1024: {
    title: "read differently by parsers",
    meaning: "The file uses a corner of YAML that two parsers in wide use understand in two ways.",
    next: "Write it plainly: no explicit keys, no indentation numbers after | or >.",
  },
  MRD1101: {
    title: "unknown key",
    meaning: "The manifest has a key that its kind does not know, so it would be silently without effect.",
    next: "Correct the spelling, or remove the key; `meridian explain` lists the keys.",
    example: { wrong: "spec: { topolgy: single }", right: "spec: { topology: single }" },
  },
  MRD1102: {
    title: "missing key",
    meaning: "A key that must be there is not.",
    next: "Add it; `meridian explain` says what it takes.",
    example: { wrong: "kind: Region", right: "apiVersion: meridian.dev/v1\nkind: Region" },
  },
  MRD1103: {
    title: "wrong type",
    meaning: "The value is of another type than the key takes, for example a number where text is expected.",
    next: "Write the type the message names; quotes make text of a number.",
    example: { wrong: "regions: germany", right: "regions: [germany]" },
  },
  MRD1104: {
    title: "not one of the values",
    meaning: "The key takes one of a few values, and this is none of them.",
    next: "Use one of the values listed.",
    example: { wrong: "topology: active-pasive", right: "topology: active-passive" },
  },
  MRD1105: {
    title: "wrong form",
    meaning: "The text has not the form the key takes, for example a duration without its unit.",
    next: "Write it as in the example of the message.",
    example: { wrong: "rto: 15 min", right: "rto: 15m" },
  },
  MRD1106: {
    title: "out of range",
    meaning: "The number is smaller or larger than the key takes.",
    next: "Use a number in the range named.",
    example: { wrong: "votes: 2", right: "votes: 1" },
  },
  MRD1107: {
    title: "too few or too many",
    meaning: "A list, mapping or text is shorter or longer than the key takes.",
    next: "Add or remove entries until it fits.",
    example: { wrong: "regions: []", right: "regions: [germany]" },
  },
  MRD1108: {
    title: "entry given twice",
    meaning: "A list that must not repeat itself does.",
    next: "Remove one of the two entries.",
    example: { wrong: "jurisdictions: [EU, EU]", right: "jurisdictions: [EU]" },
  },
  MRD1109: {
    title: "keys that exclude each other",
    meaning: "The combination of keys or values is not one the schema allows.",
    next: "Keep only one of the alternatives named.",
  },
  MRD1110: {
    title: "does not fit the schema",
    meaning: "The value breaks a rule of the schema that has no message of its own.",
    next: "Compare it with `meridian explain` for this key.",
  },
} as const satisfies Readonly<Record<DiagnosticCode, CodeEntry>>;

/** A code of this half of the table. */
export type ManifestCode = keyof typeof manifestCodes;
