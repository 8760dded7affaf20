import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeMap } from "../../automation/cli/pictures";
import { locateIn } from "../../automation/fleet/catalog-facts";
import { planFleet } from "../../automation/fleet/plan/plan-platform";
import type { Topology } from "../../automation/fleet/topology";
import { catalog } from "../../automation/manifest/catalog/data";
import { loadRepository } from "../manifest/repository-manifests";

const [plan] = planFleet(
  loadRepository().manifests.map(({ manifest }) => manifest),
  locateIn(catalog),
);
const topology = plan?.topology as Topology;

describe("writeMap", () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-map-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** True when the file was written anew. */
  async function draws(of: Topology): Promise<boolean> {
    const path = await writeMap(folder, topology);
    utimesSync(path, 0, 0);
    await writeMap(folder, of);
    return statSync(path).mtimeMs !== 0;
  }

  test("leaves a picture of the same topology as it is", async () => {
    expect(await draws(topology)).toBe(false);
  });

  test("draws another topology anew", async () => {
    expect(await draws({ ...topology, regions: topology.regions.slice(0, 1) })).toBe(true);
  });

  test("draws over what is no whole picture", async () => {
    const path = await writeMap(folder, topology);
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.slice(0, 100));
    await writeMap(folder, topology);
    expect(readFileSync(path, "utf8")).toBe(whole);
  });
});
