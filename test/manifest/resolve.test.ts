import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load as loadYaml } from "js-yaml";
import fc from "fast-check";
import { kindOf } from "../../automation/manifest/kinds";
import { KINDS, manifest } from "../../automation/manifest/schema/manifest";
import type { z } from "zod";

const root = join(__dirname, "..", "..", "regions");
const written = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => ({
    file,
    value: loadYaml(readFileSync(join(root, file), "utf8")) as Record<string, unknown>,
  }));

describe("resolving by the published schema equals parsing by its source", () => {
  test.each(written)("$file", ({ value }) => {
    expect(kindOf(value).resolve(value)).toEqual(manifest.parse(value));
  });

  test("with any optional part left out", () => {
    const paths = written.flatMap(({ value }, index) => keysOf(value).map((path) => ({ index, path })));
    fc.assert(
      fc.property(fc.constantFrom(...paths), ({ index, path }) => {
        const value = without(written[index]?.value, path);
        const { validate, resolve } = kindOf(value);
        if (!validate(value)) return;
        expect(resolve(value)).toEqual(manifest.parse(value));
      }),
      { numRuns: 400 },
    );
  });
});

describe("the validator and the source accept the same", () => {
  test("whatever is put in place of a value", () => {
    const paths = written.flatMap(({ value }, index) => keysOf(value).map((path) => ({ index, path })));
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.oneof(fc.jsonValue(), fc.constantFrom("30s", "40 EUR", -1, 0.5)),
        ({ index, path }, junk) => {
          const value = without(written[index]?.value, path, junk);
          const { validate } = kindOf(value);
          const schema: z.ZodType | undefined = KINDS[(value as { kind: keyof typeof KINDS }).kind];
          expect(validate(value)).toBe(schema?.safeParse(value).success ?? false);
        },
      ),
      { numRuns: 600 },
    );
  });
});

type Path = readonly (string | number)[];

function keysOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const own = [...path, Array.isArray(value) ? Number(key) : key];
    return [own, ...keysOf(item, own)];
  });
}

/** A copy with one part replaced, or left out. */
function without(value: unknown, [key, ...rest]: Path, junk?: unknown): unknown {
  if (key === undefined) return junk;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === key ? without(item, rest, junk) : item));
  const next = without((value as Record<string, unknown>)[String(key)], rest, junk);
  const others = Object.entries(value as Record<string, unknown>).filter(([name]) => name !== String(key));
  return Object.fromEntries(next === undefined ? others : [...others, [String(key), next]]);
}
