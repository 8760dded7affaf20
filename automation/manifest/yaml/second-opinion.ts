/**
 * What parsers disagree about is refused.
 *
 * On what manifests are made of, the fast parser and `yaml` (which writes manifests back) agree: a test holds
 * that. The few constructs where they are known to differ are rare in manifests, so a text that has one is
 * read by both, and only a text that both read alike is accepted.
 */

import type * as Yaml from "yaml";
import type { TextProblem } from "./text-problem";
import type { BuiltDocument } from "./value-builder";
import { describeAll, loadYamlPackage, withoutEchoes } from "./syntax-problems";

/** Each alternative is a construct on which fuzzing has seen the two parsers differ. */
const UNUSUAL = new RegExp(
  [
    /\t/, // where a tab may stand
    /(?:^|[\s[{,:?-])(?:&\S|\?(?:\s|$))/, // anchors and explicit keys
    /[|>](?:-?[1-9]|\+)/, // block texts with an indentation number, or keeping their last line breaks
    /\\\r?\n/, // escaped line breaks
    /^ +---|^\.\.\./, // markers of documents
    /^ *[|>]/, // a block text whose header begins its line
    /["'\]}](?:[ \r\n]+:|:\S)|[\]}]:|^ *[,:]|^ *#.*\r?\n *[\]}]/, // [lists] and {mappings} oddly broken over lines
  ]
    .map(({ source }) => source)
    .join("|"),
  "m",
);

/** Cheap, and true more often than needed: being wrong costs a second parse, nothing else. */
export const isUnusual = (text: string): boolean => UNUSUAL.test(text);

const written = (doc: Yaml.Document.Parsed): boolean =>
  doc.contents !== null && doc.contents.range[0] !== doc.contents.range[1];

/** The first thing the two parsers read differently, or undefined when they agree. */
export function disagreement(text: string, documents: readonly BuiltDocument[]): readonly TextProblem[] {
  const yaml = loadYamlPackage();
  const options = { prettyErrors: false, uniqueKeys: false, logLevel: "silent" } as const;
  const docs = yaml.parseAllDocuments(text, options);
  if (!Array.isArray(docs)) return [];
  const errors = describeAll(yaml, docs, text);
  if (errors.length > 0) return withoutEchoes(errors, text);
  const theirs = docs.filter(written).map((doc) => doc.toJS({ maxAliasCount: -1 }) as unknown);
  const ours = documents.map(({ value }) => value);
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return [];
  return [
    {
      code: "MRD1024",
      message: "YAML parsers read this file differently",
      fix: "write it plainly: no explicit keys, no indentation numbers after | or >",
      start: 0,
      end: 1,
    },
  ];
}
