/**
 * The Worker as one ES module.
 *
 * A Worker is one file without Node's modules; its sources are small ones that are tested by themselves.
 * They are compiled with the rest of Meridian, so putting them side by side with a `require` of their own
 * is all the bundling there is.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { transformSync } from "@swc/core";

const ROOT = join(__dirname, "..", "..");
const ENTRY = join(__dirname, "worker", "worker");
const OPTIONS = {
  jsc: { parser: { syntax: "typescript" }, target: "es2022", keepClassNames: true },
  module: { type: "commonjs" },
  swcrc: false,
  configFile: false,
} as const;

/** Compiled when it is run from dist/, compiled here when it is run from its sources. */
function compiled(path: string): string {
  const built = existsSync(`${path}.js`);
  const code = built
    ? readFileSync(`${path}.js`, "utf8")
    : transformSync(readFileSync(`${path}.ts`, "utf8"), OPTIONS).code;
  return code.replace(/\n*\/\/# sourceMappingURL=.*\n*$/, "\n");
}

const nameOf = (path: string): string => relative(ROOT, path).split(sep).join("/");

/** A module and all it needs, what is needed first. */
function collect(path: string, found: Map<string, string>): void {
  if (found.has(nameOf(path))) return;
  const code = compiled(path).replace(
    /require\("(\.[^"]+)"\)/g,
    (_, to: string) => `require(${JSON.stringify(nameOf(join(dirname(path), to)))})`,
  );
  found.set(nameOf(path), code);
  for (const [, to = ""] of code.matchAll(/require\("([^"]+)"\)/g)) collect(join(ROOT, to), found);
}

/** The script that Cloudflare runs; the same for the same sources. */
export function bundleWorker(): string {
  const modules = new Map<string, string>();
  collect(ENTRY, modules);
  const definitions = [...modules].map(
    ([name, code]) => `define(${JSON.stringify(name)}, function (require, exports) {\n${code}});\n`,
  );
  return [
    "const definitions = new Map(), loaded = new Map();\n",
    "const define = (name, body) => definitions.set(name, body);\n",
    "function load(name) {\n",
    "  if (loaded.has(name)) return loaded.get(name);\n",
    "  const exports = {};\n",
    "  loaded.set(name, exports);\n",
    "  definitions.get(name)(load, exports);\n",
    "  return exports;\n",
    "}\n",
    ...definitions,
    `export default load(${JSON.stringify(nameOf(ENTRY))}).worker;\n`,
  ].join("");
}
