import { closest } from "../../manifest/diagnostics/closest";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { printDocument, printLines } from "../output";
import type { Terminal } from "../terminal";
import { isCode, runExplainCode } from "./explain-code";
import { kindNamed, publishedSchema } from "./schema";
import { branchesOf, type Node, type SchemaView, viewOf } from "../schema-view";

export interface ExplainOptions {
  readonly json?: boolean;
}

/** Follows `spec.services.postgres.cnpg.instances`; a union's branch is named by its engine. */
function descend(view: SchemaView, kind: string, path: readonly string[]): Node {
  let node = view.root;
  const walked = [kind.toLowerCase()];
  for (const key of path) {
    const fields = view.fieldsOf(node);
    const branch = branchesOf(view, node).find(({ name }) => name === key);
    const next = fields.get(key)?.node ?? branch?.node ?? view.itemsOf(node)?.(key);
    if (next === undefined) {
      const known = [...fields.keys(), ...branchesOf(view, node).map(({ name }) => name)];
      const near = closest(key, known);
      throw new CliError(
        "MRD4110",
        `${walked.join(".")} has no field "${key}"${near === undefined ? "" : `, did you mean "${near}"?`}`,
        {
          next:
            known.length === 0
              ? `see \`meridian explain ${walked.join(".")}\``
              : `use one of ${known.join(", ")}`,
        },
      );
    }
    node = view.resolve(next);
    walked.push(key);
  }
  return node;
}

function explanation(view: SchemaView, node: Node, path: string) {
  const branches = branchesOf(view, node);
  const fields = [...view.fieldsOf(node)].map(([name, field]) => ({
    name,
    type: view.typeOf(field.node),
    required: field.required,
    ...(field.description === undefined ? {} : { description: field.description }),
  }));
  const { examples: given } = view.resolve(node);
  const examples: unknown[] = Array.isArray(given) ? given : [];
  const values = branches.length > 0 ? branches.map(({ name }) => name) : view.valuesOf(node);
  return {
    command: "explain" as const,
    ok: true,
    path,
    type: view.typeOf(node),
    ...(view.descriptionOf(node) === undefined ? {} : { description: view.descriptionOf(node) }),
    ...("default" in node ? { default: node["default"] } : {}),
    ...(values.length === 0 ? {} : { values: [...values] }),
    ...(examples.length === 0 ? {} : { examples }),
    fields,
  };
}

const exampleWords = (examples: readonly unknown[]): string =>
  examples.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(", ");

/** What a field means, like `kubectl explain`: its type, its default, what is below it; or what a code means. */
export function runExplain(terminal: Terminal, written: string, { json }: ExplainOptions): ExitCode {
  if (isCode(written)) return runExplainCode(terminal, written, { json: json === true });
  const [first = "", ...rest] = written.split(".").filter((part) => part !== "");
  const kind = kindNamed(first);
  const view = viewOf(JSON.parse(publishedSchema(kind)) as Node);
  const path = [kind.toLowerCase(), ...rest].join(".");
  const found = explanation(view, descend(view, kind, rest), path);
  if (json === true) {
    printDocument(terminal, found);
    return 0;
  }
  const width = Math.max(0, ...found.fields.map(({ name }) => name.length));
  const typeWidth = Math.max(
    0,
    ...found.fields.map(({ type, required }) => type.length + (required ? 1 : 0)),
  );
  printLines(terminal, [
    `${found.path}   ${found.type}${found.default === undefined ? "" : `   default ${JSON.stringify(found.default)}`}`,
    ...(found.description === undefined ? [] : ["", `  ${found.description}`]),
    ...(found.values === undefined ? [] : ["", `  one of ${found.values.join(", ")}`]),
    ...(found.examples === undefined ? [] : ["", `  for example ${exampleWords(found.examples)}`]),
    ...(found.fields.length === 0 ? [] : [""]),
    ...found.fields.map(({ name, type, required, description }) =>
      `  ${name.padEnd(width)}  ${`${type}${required ? "*" : ""}`.padEnd(typeWidth)}  ${description ?? ""}`.trimEnd(),
    ),
    ...(found.fields.some(({ required }) => required) ? ["", "  * required"] : []),
  ]);
  return 0;
}
