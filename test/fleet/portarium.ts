/** portarium as its manifests have it, one step before its stacks: what tests of its services plan from. */
import { buildTopology } from "../../automation/fleet/build-topology";
import { groupFleet } from "../../automation/fleet/fleet";
import { kubernetesRegion } from "../../automation/fleet/plan/kubernetes";
import { type PlanInput, planInput, type PlannedRegion } from "../../automation/fleet/plan/plan-input";
import type { KubernetesComponentSpec } from "../../automation/fleet/specs/kubernetes";
import type { StackSpec } from "../../automation/fleet/stack-spec";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { filesOf, load, locate } from "./build-manifests";

export const PORTARIUM = filesOf("portarium");

/** What the planner reads of these files. */
export function inputOf(files: readonly SourceFile[] = PORTARIUM): PlanInput {
  const [fleet] = groupFleet(load(files).map(({ manifest }) => manifest)).platforms;
  if (fleet === undefined) throw new RangeError("no platform in these files");
  return planInput(fleet, buildTopology(fleet, locate));
}

export function regionOf(input: PlanInput, name: string): PlannedRegion {
  const region = input.regions.find((one) => one.name === name);
  if (region === undefined) throw new RangeError(`no region ${name}`);
  return region;
}

/** The one component of that kind in a region's stack. */
export function componentOf<K extends KubernetesComponentSpec["kind"]>(
  input: PlanInput,
  region: string,
  kind: K,
  name?: string,
): Extract<KubernetesComponentSpec, { kind: K }> {
  const found = kubernetesRegion(input, regionOf(input, region)).filter(
    (one): one is Extract<KubernetesComponentSpec, { kind: K }> =>
      one.kind === kind && (name === undefined || ("name" in one && one.name === name)),
  );
  const [only] = found;
  if (only === undefined || found.length > 1) throw new RangeError(`${String(found.length)} of ${kind}`);
  return only;
}

/** A stack that holds these components and the region's cluster. */
export const stackWith = (
  input: PlanInput,
  region: string,
  components: readonly KubernetesComponentSpec[],
): StackSpec => ({
  platform: "portarium",
  stack: region,
  kind: "region",
  region,
  provider: "kubernetes",
  after: [],
  components: [componentOf(input, region, "kubernetes/cluster"), ...components],
  hash: "",
});
