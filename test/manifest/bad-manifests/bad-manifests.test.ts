/** What a person reads about each manifest that is wrong: the whole of it, letter by letter. */
import { manifestCodes } from "../../../automation/manifest/diagnostics/codes";
import { ruleCodes } from "../../../automation/manifest/rules/codes";
import { keyCases } from "./key-cases";
import { regionRuleCases } from "./region-rule-cases";
import { serviceRuleCases } from "./service-rule-cases";
import { load, original, printed, shop, shopWith } from "./shop";
import { strangeButGood } from "./strange-but-good";
import { valueCases } from "./value-cases";
import { yamlCases } from "./yaml-cases";

const schemaCases = [...keyCases, ...valueCases];
const ruleCases = [...regionRuleCases, ...serviceRuleCases];

describe.each([
  { room: "YAML", cases: yamlCases },
  { room: "schema", cases: schemaCases },
  { room: "rules", cases: ruleCases },
])("bad manifests: $room", ({ cases }) => {
  test.each(cases.map((one) => ({ ...one })))("$name", ({ given, says }) => {
    expect(printed(given)).toBe(says);
  });

  test.each(cases.filter(({ good }) => good !== undefined).map((one) => ({ ...one })))(
    "$name: the nearest good one passes",
    ({ good = [] }) => {
      expect(printed(good)).toBe("");
    },
  );
});

test.each(strangeButGood.map(([name, given]) => ({ name, given })))("$name is fine", ({ given }) => {
  expect(printed(given)).toBe("");
});

describe("the table", () => {
  const all = [...yamlCases, ...schemaCases, ...ruleCases];

  test("has every code, but for those that no manifest can earn today", () => {
    const met = new Set(all.flatMap(({ says }) => [...says.matchAll(/MRD\d{4}/g)].map(([code]) => code)));
    const known = Object.keys({ ...manifestCodes, ...ruleCodes });
    // No published schema excludes keys by others, or has a rule without words; stacks cannot wait in circles.
    expect(known.filter((code) => !met.has(code))).toEqual(["MRD1109", "MRD1110", "MRD2190"]);
  });

  test("has a good neighbour for every rule that is an error", () => {
    const met = new Set(
      ruleCases.flatMap(({ name, good }) => (good === undefined ? [] : [name.slice(0, 7)])),
    );
    const without = Object.keys(ruleCodes).filter((code) => !met.has(code));
    expect(without).toEqual(["MRD2110", "MRD2128", "MRD2190"]);
  });

  test("never prints past 100 columns, and always a place and a next step", () => {
    for (const { says } of all) {
      expect(Math.max(...says.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(100);
      const frames = says.split("\n\n");
      expect(frames.filter((frame) => !/^ {2}\S+:\d+:\d+$/m.test(frame))).toEqual([]);
      expect(frames.filter((frame) => !/^ {2}fix: \S/m.test(frame))).toEqual([]);
    }
  });
});

describe("several mistakes", () => {
  /** `platform.yaml:8:13 MRD1104`, in the order of printing. */
  const told = (given: ReturnType<typeof shop>): readonly string[] =>
    load(given).diagnostics.map(({ code, place }) => `${place.file}:${place.line}:${place.column} ${code}`);

  test("in one file are all told, in its order", () => {
    const given = shop(
      ["platform.yaml", "topology: active-passive", "topology: mirrored"],
      ["platform.yaml", "rto: 15m", "rto: soon"],
      ["platform.yaml", "engine: cnpg", "engine: oracle"],
      ["platform.yaml", "fallback: germany", "falback: germany"],
    );
    expect(told(given)).toEqual([
      "platform.yaml:8:13 MRD1104",
      "platform.yaml:12:30 MRD1105",
      "platform.yaml:15:15 MRD1104",
      "platform.yaml:25:5 MRD1101",
    ]);
  });

  test("in several files come file by file, YAML, schema and rules together", () => {
    const given = shop(
      ["platform.yaml", "fallback: germany", "fallback: france"],
      ["regions/finland.yaml", "  location: hel1", "\tlocation: hel1"],
      ["regions/germany.yaml", "location: nbg1", "location: nbg9"],
      ["workspaces/first.yaml", "homeRegion: germany", "homeRegion: Germany"],
    );
    expect(told(given)).toEqual([
      "platform.yaml:25:15 MRD2103",
      "regions/finland.yaml:10:1 MRD1003",
      "regions/germany.yaml:10:13 MRD2111",
      "workspaces/first.yaml:8:15 MRD1105",
    ]);
  });

  test("a file that cannot be read does not make others miss what is in it", () => {
    const given = shop(["platform.yaml", "spec:", "spec: ["]);
    expect(told(given)).toEqual(["platform.yaml:6:7 MRD1005"]);
  });

  test("a manifest given twice is one mistake, not one for everything in it", () => {
    const given = shopWith({
      "platform-2.yaml": original("platform.yaml").replace("germany, finland", "germany, finland, norway"),
      "regions/germany-2.yaml": original("regions/germany.yaml"),
      "workspaces/first-2.yaml": original("workspaces/first.yaml"),
    });
    expect(told(given)).toEqual([
      "platform-2.yaml:9:31 MRD2109",
      "platform.yaml:5:9 MRD2101",
      "regions/germany.yaml:5:9 MRD2101",
      "workspaces/first.yaml:5:9 MRD2101",
    ]);
  });

  test("the order files are read in makes no difference", () => {
    const given = shop(
      ["platform.yaml", "fallback: germany", "fallback: france"],
      ["regions/germany.yaml", "location: nbg1", "location: nbg9"],
    );
    expect(told([...given].reverse())).toEqual(told(given));
  });
});
