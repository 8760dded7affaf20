/** The inside of eden's clusters as its manifests plan it. */
import { buildTopology } from "../../../automation/fleet/build-topology";
import { groupFleet } from "../../../automation/fleet/fleet";
import { clusterServices } from "../../../automation/fleet/plan/cluster-services";
import { planInput, type PlanInput, type PlannedRegion } from "../../../automation/fleet/plan/plan-input";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { buildKubernetes } from "../../../components/kubernetes-program";
import type { SourceFile } from "../../../automation/manifest/diagnostic";
import type { ProgramContext } from "../../../components/program-context";
import { edit, filesOf, load, locate } from "../../fleet/build-manifests";
import { context, registered, type Registered } from "../registered";

export type EdenRegion = "us-east-1" | "us-west-2";

export const edenFiles = filesOf("eden");

/** The planner's input, after edits of the manifests' text. */
export function edenInput(...edits: readonly (readonly [from: string, to: string])[]): PlanInput {
  const files = edits.reduce<readonly SourceFile[]>((all, [from, to]) => edit(all, from, to), edenFiles);
  const [fleet] = groupFleet(load(files).map(({ manifest }) => manifest)).platforms;
  if (fleet === undefined) throw new RangeError("eden has a platform");
  return planInput(fleet, buildTopology(fleet, locate));
}

export function edenRegion(input: PlanInput, name: EdenRegion): PlannedRegion {
  const found = input.regions.find((region) => region.name === name);
  if (found === undefined) throw new RangeError(`${name} is a region of eden`);
  return found;
}

/** The components of one cluster, by kind. */
export function edenComponent<K extends ComponentSpec["kind"]>(
  kind: K,
  name: EdenRegion = "us-east-1",
  input: PlanInput = edenInput(),
): Extract<ComponentSpec, { kind: K }> {
  const found = clusterServices(input, edenRegion(input, name)).find((one) => one.kind === kind);
  if (found === undefined) throw new RangeError(`no ${kind} in ${name}`);
  return found as Extract<ComponentSpec, { kind: K }>;
}

/** What these tests are about; telemetry and pglogical have their own. */
const TESTED: ReadonlySet<ComponentSpec["kind"]> = new Set<ComponentSpec["kind"]>([
  "kubernetes/namespaces",
  "mesh/istio",
  "redis/enterprise",
  "apps/deployment",
  "gateway/envoy",
]);

/** The stack of one cluster. */
export const edenStack = (name: EdenRegion, input: PlanInput = edenInput()): StackSpec => ({
  platform: "eden",
  stack: `${name}-cluster`,
  kind: "region",
  region: name,
  provider: "kubernetes",
  after: [],
  components: [
    { kind: "kubernetes/cluster", name, kubeconfig: { secret: `kubeconfig-${name}` } },
    ...clusterServices(input, edenRegion(input, name)).filter(
      ({ kind, name: component }) => TESTED.has(kind) && component !== "telemetry-namespace",
    ),
  ],
  hash: "",
});

/** The resources of one cluster. */
export const edenResources = (
  name: EdenRegion,
  input: PlanInput = edenInput(),
  target: ProgramContext["target"] = "sandbox",
): Promise<readonly Registered[]> =>
  registered(() => buildKubernetes(edenStack(name, input), context(target)));

/** Names of the resources whose inputs differ, `+` and `-` for those only one side has. */
export function changed(before: readonly Registered[], after: readonly Registered[]): readonly string[] {
  const print = (all: readonly Registered[]) =>
    new Map(
      all.map((one) => [`${one.type.split(":").at(-1) ?? ""} ${one.name}`, JSON.stringify(one.inputs)]),
    );
  const [from, to] = [print(before), print(after)];
  return [
    ...[...to].filter(([name]) => !from.has(name)).map(([name]) => `+ ${name}`),
    ...[...from].filter(([name]) => !to.has(name)).map(([name]) => `- ${name}`),
    ...[...to].filter(([name, text]) => from.has(name) && from.get(name) !== text).map(([name]) => name),
  ].sort();
}
