/** Eden's telemetry as the planner makes it of the committed manifests. */
import { groupFleet } from "../../../automation/fleet/fleet";
import { buildTopology } from "../../../automation/fleet/build-topology";
import { planInput, type PlanInput } from "../../../automation/fleet/plan/plan-input";
import { telemetryServices } from "../../../automation/fleet/plan/prometheus";
import type { PrometheusStackSpec } from "../../../automation/fleet/specs/kubernetes/telemetry";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import type { SourceFile } from "../../../automation/manifest/diagnostic";
import { filesOf, load, locate } from "../../fleet/build-manifests";

export const edenFiles = filesOf("eden");

/** What the planner reads of a platform's manifests. */
export function inputOf(files: readonly SourceFile[]): PlanInput {
  const [fleet] = groupFleet(load(files).map(({ manifest }) => manifest)).platforms;
  if (fleet === undefined) throw new RangeError("no platform");
  return planInput(fleet, buildTopology(fleet, locate));
}

/** The telemetry of one region with its namespace. */
function componentsOf(region: string, files: readonly SourceFile[]) {
  const input = inputOf(files);
  const found = input.regions.find(({ name }) => name === region);
  if (found === undefined) throw new RangeError(`no region ${region}`);
  return telemetryServices(input, found);
}

/** The telemetry of one region. */
export function telemetryOf(region = "us-east-1", files = edenFiles): PrometheusStackSpec {
  const found = componentsOf(region, files).find(({ kind }) => kind === "telemetry/prometheus-stack");
  if (found?.kind !== "telemetry/prometheus-stack") throw new RangeError("no telemetry");
  return found;
}

/** Its stack, with nothing but what it needs. */
export const telemetryStack = (region = "us-east-1", files = edenFiles): StackSpec => ({
  platform: "eden",
  stack: `${region}-cluster`,
  kind: "region",
  region,
  provider: "kubernetes",
  after: [],
  components: [
    { kind: "kubernetes/cluster", name: region, kubeconfig: { secret: `kubeconfig-${region}` } },
    ...componentsOf(region, files),
  ],
  hash: "",
});
