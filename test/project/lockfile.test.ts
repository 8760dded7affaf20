import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(__dirname, "../../package-lock.json"), "utf8");
const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, Package>> };

/** `node_modules/a/node_modules/b` is looked for beside its dependent first, then further out. */
function isLocked(dependent: string, name: string): boolean {
  const outer = [...dependent.matchAll(/node_modules\//g)].map(({ index }) => dependent.slice(0, index));
  return [`${dependent}/`, ...outer].some(
    (folder) => packages[`${folder}node_modules/${name}`] !== undefined,
  );
}

describe("package-lock.json", () => {
  // npm 11 refuses `npm ci` otherwise, and on another platform the native part would be missing.
  test("holds the optional packages of every platform", () => {
    const missing = Object.entries(packages).flatMap(([dependent, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(dependent, name)),
    );
    expect(missing).toEqual([]);
  });

  test("names no registry", () => {
    expect(Object.keys(packages).filter((name) => packages[name]?.resolved !== undefined)).toEqual([]);
  });
});
