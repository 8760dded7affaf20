// From the manifest schemas in TypeScript: the published JSON Schemas and the compiled validators.
// From the tables of codes: docs/diagnostics.md.
//   (no flag)  compile the validators, when they are missing or old
//   --write    also write schemas/*.schema.json and docs/diagnostics.md
//   --check    fail when one of these is stale
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const generated = ["automation", "dist/automation"].map((room) => join(root, room, "manifest", "generated"));
const { publishedSchemas } = require("../dist/automation/manifest/schema/publish.js");
const schemas = publishedSchemas();
const textOf = (schema) => `${JSON.stringify(schema, null, 2)}\n`;

const { publishedDocuments } = require("../dist/automation/cli/documents/publish.js");
const { diagnosticsPage } = require("../dist/automation/cli/documents/diagnostics-page.js");
const published = [
  ...Object.entries({ ...schemas, ...publishedDocuments() }).map(([name, schema]) => [
    join(root, "schemas", name),
    textOf(schema),
  ]),
  [join(root, "docs", "diagnostics.md"), diagnosticsPage()],
];
if (process.argv.includes("--check")) {
  const stale = published.filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text);
  for (const [path] of stale)
    console.error(`error MRD4003  ${path.slice(root.length + 1)} is stale\n  next: npm run schemas`);
  process.exit(stale.length === 0 ? 0 : 1);
}
if (process.argv.includes("--write")) {
  mkdirSync(join(root, "schemas", "cli"), { recursive: true });
  for (const [path, text] of published) writeFileSync(path, text);
}

const print = createHash("sha256")
  .update(JSON.stringify(schemas))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest("hex");
const upToDate = (folder) =>
  existsSync(join(folder, "validators.js")) &&
  readFileSync(join(folder, "validators.js"), "utf8").startsWith(`// ${print}`);
if (!generated.every(upToDate)) {
  const { default: Ajv } = await import("ajv/dist/2020.js");
  const { default: standaloneCode } = await import("ajv/dist/standalone/index.js");
  const kinds = Object.entries(schemas).filter(
    ([, schema]) => schema.$id !== undefined && schema.properties?.kind !== undefined,
  );
  const ajv = new Ajv.default({
    allErrors: true,
    discriminator: true,
    // The dates' own pattern judges them; a second opinion would only report them twice.
    formats: { date: true },
    schemas: kinds.map(([, schema]) => schema),
    code: { source: true, lines: false },
  });
  const names = Object.fromEntries(kinds.map(([, schema]) => [schema.properties.kind.const, schema.$id]));
  const code = `// ${print}\n${standaloneCode.default(ajv, names)}`;
  const types = `import type { ValidateFunction } from "ajv";\n${Object.keys(names)
    .map((kind) => `export declare const ${kind}: ValidateFunction;\n`)
    .join("")}`;
  for (const folder of generated) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "validators.js"), code);
    writeFileSync(join(folder, "validators.d.ts"), types);
  }
}
