import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalog } from "../../automation/manifest/catalog/data";

/** Microsoft's own list, as the Azure Verified Modules cache it; it is checked against, never copied. */
interface ArmLocation {
  readonly name: string;
  readonly metadata: {
    readonly regionType: "Physical" | "Logical";
    readonly geography?: string;
    readonly latitude?: string;
    readonly longitude?: string;
    readonly pairedRegion?: readonly { readonly name: string }[];
  };
}

interface ArmFile {
  readonly locals: { readonly locations_cached: { readonly value: readonly ArmLocation[] } };
}

const folder = process.env["MERIDIAN_REFERENCE_DATA"] ?? join(__dirname, "..", "..", "..", "shared", "data");
const path = join(folder, "azure-locations.tf.json");
const present = existsSync(path);
if (!present) console.warn("skipped: set MERIDIAN_REFERENCE_DATA to a folder with azure-locations.tf.json");

const CANARY_OR_STAGE = /(euap|stg)$/;
const physical = (): readonly ArmLocation[] =>
  (JSON.parse(readFileSync(path, "utf8")) as ArmFile).locals.locations_cached.value.filter(
    ({ name, metadata }) => metadata.regionType === "Physical" && !CANARY_OR_STAGE.test(name),
  );

/** Geographies that are not one country. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  Europe: ["IE", "NL"],
  "Asia Pacific": ["HK", "SG"],
  Korea: ["KR"],
  UAE: ["AE"],
};

(present ? describe : describe.skip)("Azure rows and Microsoft's list", () => {
  test("name the same regions, and one more that the list does not have yet", () => {
    const listed = new Set(physical().map(({ name }) => name));
    const ours = catalog.locations("azure").map(({ name }) => name);
    expect({
      missing: [...listed].filter((name) => !ours.includes(name)),
      more: ours.filter((name) => !listed.has(name)),
    }).toEqual({ missing: [], more: ["taiwannorth"] });
  });

  test("agree on the country", () => {
    const wrong = physical().filter(({ name, metadata: { geography = "" } }) => {
      const country = catalog.location("azure", name)?.country ?? "";
      const expected = WIDER[geography] ?? [geography];
      return !expected.includes(country) && !expected.includes(catalog.country(country)?.name ?? "");
    });
    expect(wrong).toEqual([]);
  });

  test("agree on the pair", () => {
    const listed = physical().map(({ name, metadata }) => [name, metadata.pairedRegion?.[0]?.name]);
    expect(listed.map(([name = ""]) => [name, catalog.location("azure", name)?.pair])).toEqual(listed);
  });

  test("agree on the coordinates within a tenth of a degree, where the list itself can be right", () => {
    const far = physical().flatMap(({ name, metadata: { latitude, longitude } }) => {
      const ours = catalog.location("azure", name);
      const north = Math.abs((ours?.latitude ?? 0) - Number(latitude));
      const east = Math.abs((ours?.longitude ?? 0) - Number(longitude));
      return Math.max(north, east) > 0.1 ? [name] : [];
    });
    expect(far).toEqual([
      "israelcentral", // the list's point lies outside Israel
      "qatarcentral", // 30 km from Doha, where the list says it is
      "southafricawest", // the list says Cape Town; its point is 40 km east of it
      "spaincentral", // the list lost the sign of the longitude: its point is in the sea
      "ukwest", // the list says Cardiff; its point is near Liverpool
    ]);
  });
});
