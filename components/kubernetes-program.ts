import type { Provider } from "@pulumi/kubernetes/provider";
import {
  mergeOptions,
  type ComponentResource,
  type ComponentResourceOptions,
  type ResourceTransformation,
} from "@pulumi/pulumi";
import type { ComponentSpec } from "../automation/fleet/specs/component-spec";
import { stackId, type StackSpec } from "../automation/fleet/stack-spec";
import { AppsDeployment } from "./apps/deployment";
import { clusterProvider } from "./kubernetes/cluster";
import { Namespaces } from "./kubernetes/namespaces";
import type { KubernetesSetting } from "./kubernetes/setting";
import { MongodbCommunity } from "./mongodb/community";
import { CnpgPostgres } from "./postgres/cnpg";
import type { ProgramContext, ProgramOutputs } from "./program-context";
import { ProgramError } from "./program-error";
import { WorkspaceNamespaces } from "./workspaces/namespaces";

/** Registers a Kubernetes stack: namespaces first, then data, then what reads it. */
export function buildKubernetes(spec: StackSpec, context: ProgramContext): ProgramOutputs {
  const setting = { platform: spec.platform, region: spec.region ?? spec.stack, context };
  const providers = [providerOf(spec, context)];
  const built: ComponentResource[] = [];
  for (const stage of STAGES) {
    const transformations = built.length === 0 ? [] : [after([...built])];
    for (const component of spec.components) {
      if (stageOf(component, spec) !== stage) continue;
      const made = build(component, setting, { providers, transformations });
      if (made !== undefined) built.push(made);
    }
  }
  return { region: setting.region, components: spec.components.map(({ name }) => name).join(",") };
}

/** A component's `dependsOn` does not reach its children; what transforms it does. */
const after =
  (resources: ComponentResource[]): ResourceTransformation =>
  ({ props, opts }) => ({ props, opts: mergeOptions(opts, { dependsOn: resources }) });

type Stage = "connection" | "namespaces" | "data" | "applications";
const STAGES: readonly Stage[] = ["namespaces", "data", "applications"];

/** Nothing is made before what it lives in or reads from. */
function stageOf({ kind }: ComponentSpec, stack: StackSpec): Stage {
  switch (kind) {
    case "kubernetes/cluster":
      return "connection";
    case "kubernetes/namespaces":
    case "workspaces/namespaces":
      return "namespaces";
    case "postgres/cnpg":
    case "mongodb/community":
      return "data";
    case "apps/deployment":
      return "applications";
    default:
      throw new ProgramError("MRD5012", stackId(stack), `a Kubernetes stack cannot hold a "${kind}"`);
  }
}

function providerOf(stack: StackSpec, context: ProgramContext): Provider {
  const cluster = stack.components.find((component) => component.kind === "kubernetes/cluster");
  if (cluster !== undefined) return clusterProvider(cluster, context);
  throw new ProgramError("MRD5011", stackId(stack), "the stack names no kubernetes/cluster");
}

function build(
  component: ComponentSpec,
  setting: KubernetesSetting,
  opts: ComponentResourceOptions,
): ComponentResource | undefined {
  switch (component.kind) {
    case "kubernetes/namespaces":
      return new Namespaces(component, setting, opts);
    case "workspaces/namespaces":
      return new WorkspaceNamespaces(component, setting, opts);
    case "postgres/cnpg":
      return new CnpgPostgres(component, setting, opts);
    case "mongodb/community":
      return new MongodbCommunity(component, setting, opts);
    case "apps/deployment":
      return new AppsDeployment(component, setting, opts);
    default:
      return undefined;
  }
}
