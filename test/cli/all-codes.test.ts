import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allCodes, CODE_TABLES, FAMILIES, familyOf } from "../../automation/cli/all-codes";
import { manifestCodes } from "../../automation/manifest/diagnostics/codes";
import { ruleCodes } from "../../automation/manifest/rules/codes";
import { loadYaml } from "../../automation/manifest/yaml/load-yaml";

const root = join(__dirname, "..", "..");

/** Sources in which a code could stand, by their path. */
const sources = ["automation", "components", "scripts", "bin"].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(\.ts|\.mjs|^meridian)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);

describe("codes", () => {
  test("belong to one table each", () => {
    const codes = CODE_TABLES.flatMap((table) => Object.keys(table));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  test("that the sources name are all registered", () => {
    const unregistered = sources.flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/MRD\d{4}/g)]
        .map(([code]) => code)
        .filter((code) => !allCodes.has(code))
        .map((code) => `${path.slice(root.length + 1)}: ${code}`),
    );
    expect(unregistered).toEqual([]);
  });

  test("of the tables each room keeps are all collected", () => {
    const tables = sources.filter((path) => path.endsWith("codes.ts") && !path.endsWith("all-codes.ts"));
    const kept = tables.flatMap((path) => [...readFileSync(path, "utf8").matchAll(/^ {2}(MRD\d{4}): \{/gm)]);
    expect(new Set(kept.map(([, code]) => code))).toEqual(new Set(allCodes.keys()));
  });

  test.each([...allCodes])("%s has a family, a title, a sentence and a next step", (code, entry) => {
    expect(Object.values(FAMILIES)).toContain(familyOf(code));
    expect(entry.title).toMatch(/^[^.]{3,60}$/);
    expect(entry.meaning).toMatch(/^\S.*\.$/);
    expect(entry.next).toMatch(/^\S.*[.)]$/);
  });
});

describe("examples", () => {
  const examples = Object.entries({ ...manifestCodes, ...ruleCodes }).flatMap(([code, entry]) =>
    "example" in entry ? [{ code, ...entry.example }] : [],
  );

  test("are there for the manifests' codes, but for limits and bugs", () => {
    const without = Object.keys({ ...manifestCodes, ...ruleCodes }).filter(
      (code) => !examples.some((example) => example.code === code),
    );
    const limits = ["MRD1007", "MRD1009", "MRD1010", "MRD1022", "MRD1023"];
    expect(without).toEqual([...limits, "MRD1024", "MRD1109", "MRD1110", "MRD2190"]);
  });

  test.each(examples.filter(({ code }) => code.startsWith("MRD10")))(
    "$code: the wrong one earns it, the right one is YAML",
    ({ code, wrong, right }) => {
      const read = loadYaml({ file: "f.yaml", text: wrong });
      expect(read.kind === "rejected" && read.diagnostics.map((one) => one.code)).toEqual([code]);
      expect(loadYaml({ file: "f.yaml", text: right }).kind).toBe("loaded");
    },
  );

  test.each(examples.filter(({ code }) => !code.startsWith("MRD10")))(
    "$code: both are YAML",
    ({ wrong, right }) => {
      expect(loadYaml({ file: "f.yaml", text: wrong }).kind).toBe("loaded");
      expect(loadYaml({ file: "f.yaml", text: right }).kind).toBe("loaded");
    },
  );
});
