import type { CodeEntry } from "../../manifest/diagnostics/codes";
import { allCodes, FAMILIES } from "../all-codes";

const fenced = (text: string): readonly string[] => ["```text", ...text.split("\n"), "```", ""];

/** Characters nobody sees on a page are written as the escapes that stand for them. */
const visible = (text: string): string =>
  text.replaceAll("\uFEFF", "\\uFEFF").replaceAll("\t", "→   ").replaceAll("\r", "\\r");

const section = (code: string, { title, meaning, next, example }: CodeEntry): readonly string[] => [
  `### ${code}: ${title}`,
  "",
  meaning,
  "",
  ...(example === undefined
    ? []
    : [...fenced(visible(example.wrong)), "becomes", "", ...fenced(visible(example.right))]),
  `Next: ${next}`,
  "",
];

/** docs/diagnostics.md: every code with its meaning, an example and the next step. */
export function diagnosticsPage(): string {
  const families = Object.entries(FAMILIES).flatMap(([prefix, about]) => [
    `## ${prefix}xxx: ${about}`,
    "",
    ...[...allCodes]
      .filter(([code]) => code.startsWith(prefix))
      .flatMap(([code, entry]) => section(code, entry)),
  ]);
  return [
    "<!-- Made by `npm run schemas` from the tables of codes: edit those. -->",
    "",
    "# Diagnostics",
    "",
    "Every error and warning has a code, a sentence, a place and a next step.",
    "`meridian explain MRD2104` shows on the terminal what is written here.",
    "",
    ...families,
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}
