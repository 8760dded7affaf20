/**
 * Why a value does not fit its schema, said once for each mistake.
 *
 * A validator's error list says everything that failed, in every alternative; this walk follows the
 * alternative that was meant. The validator still decides what is valid: see schema-diagnostics.ts.
 */

import type { ManifestPath } from "../manifest-path";
import { checkAlternatives } from "./check-alternatives";
import { checkList } from "./check-list";
import { checkMapping, type Mapping } from "./check-mapping";
import { checkConstant, checkNumber, checkText, checkType } from "./check-scalar";
import { advice, type Checks, type Finding, type Meeting } from "./finding";
import { nodeOf, nodesOf, resolveNode, type SchemaNode } from "./schema-node";
import { explained, subject } from "./words";

function checkByType(checks: Checks, { node, value, path }: Meeting): readonly Finding[] {
  if (typeof value === "string") return checkText({ node, value, path });
  if (typeof value === "number") return checkNumber({ node, value, path });
  if (Array.isArray(value)) return checkList(checks, { node, value, path });
  if (typeof value === "object" && value !== null)
    return checkMapping(checks, { node, value: value as Mapping, path });
  return [];
}

function checkNot(checks: Checks, { node, value, path }: Meeting): readonly Finding[] {
  if (node["not"] === undefined || checks.check(nodeOf(node["not"]), value, path).length > 0) return [];
  const message = `${subject(path)} is a combination that is not allowed`;
  return [{ code: "MRD1109", message, path, part: "key", ...advice(undefined, explained(node)) }];
}

function checkCondition(checks: Checks, { node, value, path }: Meeting): readonly Finding[] {
  if (node["if"] === undefined) return [];
  const holds = checks.check(nodeOf(node["if"]), value, path).length === 0;
  const consequence = node[holds ? "then" : "else"];
  return consequence === undefined ? [] : checks.check(nodeOf(consequence), value, path);
}

function checkCombined(checks: Checks, met: Meeting): readonly Finding[] {
  const { node, value, path } = met;
  const oneOf = nodesOf(node["oneOf"]);
  const anyOf = nodesOf(node["anyOf"]);
  return [
    ...nodesOf(node["allOf"]).flatMap((part) => checks.check(part, value, path)),
    ...(oneOf.length > 0 ? checkAlternatives(checks, met, oneOf, true) : []),
    ...(anyOf.length > 0 ? checkAlternatives(checks, met, anyOf, false) : []),
    ...checkCondition(checks, met),
    ...checkNot(checks, met),
  ];
}

/** A wrong type or a wrong fixed value makes everything else about the value noise. */
function checkNode(
  checks: Checks,
  written: SchemaNode,
  value: unknown,
  path: ManifestPath,
): readonly Finding[] {
  const met = { node: checks.resolve(written), value, path };
  const type = checkType(checks, met);
  if (type.length > 0) return type;
  const constant = checkConstant(met);
  if (constant.length > 0) return constant;
  return [...checkByType(checks, met), ...checkCombined(checks, met)];
}

/** Findings of a value against the root schema; `written` gives scalars as they stand in the file. */
export function explain(
  root: SchemaNode,
  value: unknown,
  written: (path: ManifestPath) => string | undefined,
): readonly Finding[] {
  const checks: Checks = {
    root,
    written,
    resolve: (node) => resolveNode(root, node),
    check: (node, inner, path) => checkNode(checks, node, inner, path),
  };
  return checks.check(root, value, []);
}
