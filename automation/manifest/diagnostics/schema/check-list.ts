import { checkLength } from "./check-scalar";
import { advice, type Checks, type Finding, type Meeting } from "./finding";
import { nodeOf, nodesOf } from "./schema-node";
import { subject, valueWords } from "./words";

/** Equal as JSON, whatever the order of keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

function checkUnique({ node, value, path }: Meeting<readonly unknown[]>): readonly Finding[] {
  if (node["uniqueItems"] !== true) return [];
  const seen = new Map<string, number>();
  const findings: Finding[] = [];
  value.forEach((item, index) => {
    const print = canonical(item);
    const first = seen.get(print);
    if (first === undefined) seen.set(print, index);
    else findings.push(repeated([...path, index], subject(path), item, first));
  });
  return findings;
}

const repeated = (path: Finding["path"], list: string, item: unknown, first: number): Finding => ({
  code: "MRD1108",
  message: `${list} has ${typeof item === "object" ? "one entry" : valueWords(item)} twice`,
  path,
  part: "value",
  ...advice(`already entry ${first + 1}`, "remove one of the two"),
});

function checkItems(checks: Checks, { node, value, path }: Meeting<readonly unknown[]>): readonly Finding[] {
  const leading = nodesOf(node["prefixItems"]);
  const rest = node["items"] === undefined ? undefined : nodeOf(node["items"]);
  return value.flatMap((item, index) => {
    const itemNode = leading[index] ?? rest;
    return itemNode === undefined ? [] : checks.check(itemNode, item, [...path, index]);
  });
}

function checkContains(
  checks: Checks,
  { node, value, path }: Meeting<readonly unknown[]>,
): readonly Finding[] {
  if (node["contains"] === undefined) return [];
  const wanted = nodeOf(node["contains"]);
  if (value.some((item) => checks.check(wanted, item, path).length === 0)) return [];
  const message = `${subject(path)} lacks an entry that it must have`;
  return [{ code: "MRD1107", message, path, part: "value", ...advice(undefined, undefined) }];
}

/** Everything wrong with a list: its length first, then its entries, then repetitions. */
export function checkList(checks: Checks, meeting: Meeting<readonly unknown[]>): readonly Finding[] {
  const { node, value, path } = meeting;
  const length = checkLength(node, value.length, "entry", { path, part: "value", subject: subject(path) });
  return [
    ...(length ? [length] : []),
    ...checkItems(checks, meeting),
    ...checkContains(checks, meeting),
    ...checkUnique(meeting),
  ];
}
