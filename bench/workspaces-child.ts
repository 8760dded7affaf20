/** Its own process, so that the memory measured is its own. Argument: how many workspaces. */
import { locateIn, ruleCatalog } from "../automation/fleet/catalog-facts";
import { planFleet } from "../automation/fleet/plan/plan-platform";
import { catalog } from "../automation/manifest/catalog/data";
import type { SourceFile } from "../automation/manifest/diagnostic";
import { loadManifests } from "../automation/manifest/load";
import { BenchError } from "./child";

const REGIONS = 20;
const WORKSPACES = Number(process.argv[2]);
const locations = catalog.locations("aws").slice(0, REGIONS);

const platform: SourceFile = {
  file: "platform.yaml",
  text: `apiVersion: meridian.dev/v1
kind: Platform
metadata: { name: bench }
spec:
  description: Many workspaces.
  topology: isolated
  regions: [${locations.map(({ name }) => name).join(", ")}]
  workspaces: { shards: 8 }
  services:
    apps: { engine: deployment, services: [{ name: api }] }
`,
};

const regions: readonly SourceFile[] = locations.map(({ name }, index) => ({
  file: `regions/${name}.yaml`,
  text: `apiVersion: meridian.dev/v1
kind: Region
metadata: { name: ${name}, platform: bench }
spec:
  provider: kubernetes
  cloud: aws
  location: ${name}
  network: { cidr: 10.${index}.0.0/16 }
`,
}));

const workspaces: readonly SourceFile[] = Array.from({ length: WORKSPACES }, (_, index) => ({
  file: `workspaces/w${index}.yaml`,
  text: `apiVersion: meridian.dev/v1
kind: Workspace
metadata:
  name: workspace-${index}
  platform: bench
spec:
  homeRegion: ${locations[index % REGIONS]?.name ?? ""}
  replicaRegions: [${locations[(index + 1) % REGIONS]?.name ?? ""}]
  tier: standard
  residency:
    dataClasses: [personal]
`,
}));

const began = performance.now();
const { manifests, diagnostics } = loadManifests([platform, ...regions, ...workspaces], ruleCatalog(catalog));
const plans = planFleet(
  manifests.map(({ manifest }) => manifest),
  locateIn(catalog),
);
const seconds = (performance.now() - began) / 1_000;
if (diagnostics.length > 0 || plans[0]?.topology.placements.length !== WORKSPACES) {
  throw new BenchError(
    `the generated manifests are not valid: ${diagnostics[0]?.message ?? "workspaces are missing"}`,
  );
}
process.stdout.write(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1_024 }));
