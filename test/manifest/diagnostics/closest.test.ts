import { closest } from "../../../automation/manifest/diagnostics/closest";
import { manifestCodes } from "../../../automation/manifest/diagnostics/codes";

describe("closest", () => {
  const regions = ["eu-central", "eu-west", "us-east", "auto", "single"];

  test.each([
    ["eu-centrall", "eu-central"],
    ["EU-Central", "eu-central"],
    ["eu-wset", "eu-west"],
    ["atuo", "auto"],
    ["singel", "single"],
    ["us-west", "eu-west"],
    ["sin", "single"],
    ["eu-", undefined],
    ["mars", undefined],
    ["", undefined],
    ["x".repeat(100_000), undefined],
  ])("%.20s", (word, expected) => {
    expect(closest(word, regions)).toBe(expected);
  });

  test("knows nothing where there is nothing to know", () => {
    expect(closest("x", [])).toBeUndefined();
  });
});

describe("the codes table", () => {
  test.each(Object.entries(manifestCodes))("%s is told in full", (code, { title, meaning, next }) => {
    expect(code).toMatch(/^MRD1[01]\d\d$/);
    expect(title).toMatch(/^[^.]+$/);
    expect(meaning).toMatch(/^[^a-z].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  });
});
