/** The verifier as files a container can run: what the build makes of objectstore/evidence/. */
import type * as Core from "@swc/core";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// Loaded only when nothing is built: it costs as much as a whole provider.
type Swc = typeof Core;

const FILES = ["chain", "listing", "s3", "verify"] as const;
const folder = join(__dirname, "evidence");

/** File names and texts; `verify.js` is the one to start. */
export const verifierFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(FILES.map((name) => [`${name}.js`, withoutMap(scriptOf(name))]));

/** Beside a built component the script is there; beside its source it is made as the build would make it. */
function scriptOf(name: string): string {
  const built = join(folder, `${name}.js`);
  return existsSync(built) ? readFileSync(built, "utf8") : transpiled(join(folder, `${name}.ts`));
}

function transpiled(source: string): string {
  const swc = createRequire(__filename)("@swc/core") as Swc;
  return swc.transformFileSync(source, { configFile: join(__dirname, "../../.swcrc") }).code;
}

const withoutMap = (script: string): string =>
  `${script.replace(/\n\/\/# sourceMappingURL=.*/, "").trimEnd()}\n`;
