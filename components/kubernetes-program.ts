import type { Provider } from "@pulumi/kubernetes/provider";
import {
  mergeOptions,
  type ComponentResourceOptions,
  type Resource,
  type ResourceTransformation,
} from "@pulumi/pulumi";
import type { ComponentSpec } from "../automation/fleet/specs/component-spec";
import { stackId, type StackSpec } from "../automation/fleet/stack-spec";
import { AppsDeployment } from "./apps/deployment";
import { EnvoyGateway } from "./gateway/envoy";
import { clusterProvider } from "./kubernetes/cluster";
import { Namespaces } from "./kubernetes/namespaces";
import type { KubernetesSetting } from "./kubernetes/setting";
import { EbsStorageClass } from "./kubernetes/storage-class";
import { IstioMesh } from "./mesh/istio";
import { MessagingAccounts } from "./messaging/accounts";
import { MessagingNats } from "./messaging/nats-jetstream";
import { ExpandContractMigrations } from "./migrations/expand-contract";
import { MongodbCommunity } from "./mongodb/community";
import { MinioTenant } from "./objectstore/minio";
import { CnpgPostgres } from "./postgres/cnpg";
import { Pglogical } from "./postgres/pglogical";
import type { ProgramContext, ProgramOutputs } from "./program-context";
import { ProgramError } from "./program-error";
import { RedisEnterprise } from "./redis/enterprise";
import { PrometheusStack } from "./telemetry/prometheus-stack";
import { TelemetryOtel } from "./telemetry/otel-collector";
import { WorkflowNamespaces } from "./workflow/temporal-namespaces";
import { WorkflowTemporal } from "./workflow/temporal";
import { WorkspaceBuckets } from "./workspaces/buckets";
import { VaultCluster } from "./secrets/vault";
import { WorkspaceNamespaces } from "./workspaces/namespaces";
import { WorkspaceRouting } from "./workspaces/routing";

/** Registers a Kubernetes stack: namespaces first, then data, then what reads it, then users. */
export function buildKubernetes(spec: StackSpec, context: ProgramContext): ProgramOutputs {
  const setting = { platform: spec.platform, region: spec.region ?? spec.stack, context };
  const providers = [providerOf(spec, context)];
  let ready: readonly Resource[] = [];
  for (const stage of STAGES) {
    const transformations = ready.length === 0 ? [] : [after(ready)];
    const made = spec.components
      .filter((component) => stageOf(component, spec) === stage)
      .flatMap((component) => build(component, setting, { providers, transformations }));
    if (made.length > 0) ready = made;
  }
  return { region: setting.region, components: spec.components.map(({ name }) => name).join(",") };
}

/** A component's `dependsOn` does not reach its children; what transforms it does. */
const after =
  (resources: readonly Resource[]): ResourceTransformation =>
  ({ props, opts }) => ({ props, opts: mergeOptions(opts, { dependsOn: [...resources] }) });

type Stage =
  | "connection"
  | "namespaces"
  | "telemetry"
  | "mesh"
  | "stores"
  | "data"
  | "services"
  | "applications"
  | "gateway";
const STAGES: readonly Stage[] = [
  "namespaces",
  "telemetry",
  "mesh",
  "stores",
  "data",
  "services",
  "applications",
  "gateway",
];

/** Nothing is made before what it lives in or reads from. */
function stageOf(component: ComponentSpec, stack: StackSpec): Stage {
  switch (component.kind) {
    case "kubernetes/cluster":
      return "connection";
    case "kubernetes/storage-class":
    case "kubernetes/namespaces":
    case "workspaces/namespaces":
      return "namespaces";
    // Its operators bring the definitions that others describe their metrics by.
    case "telemetry/prometheus-stack":
      return "telemetry";
    // Databases archive there from their first hour.
    case "objectstore/minio":
    case "secrets/vault":
      return "stores";
    // A copy for queries subscribes to what its publisher has.
    case "postgres/cnpg":
      return component.topology.kind === "subscriber" ? "services" : "data";
    case "migrations/expand-contract":
      return "services";
    case "mongodb/community":
    case "redis/enterprise":
    case "postgres/pglogical":
      return "data";
    // What keeps its own state in a database, and what is told of workspaces once their namespaces are there.
    case "workflow/temporal":
    case "workflow/namespaces":
    case "messaging/nats-jetstream":
    case "messaging/accounts":
    case "telemetry/otel-collector":
    case "workspaces/buckets":
    case "workspaces/routing":
      return "services";
    case "mesh/istio":
      return "mesh";
    case "gateway/envoy":
      return "gateway";
    case "apps/deployment":
      return "applications";
    default:
      throw new ProgramError(
        "MRD5012",
        stackId(stack),
        `a Kubernetes stack cannot hold a "${component.kind}"`,
      );
  }
}

function providerOf(stack: StackSpec, context: ProgramContext): Provider {
  const cluster = stack.components.find((component) => component.kind === "kubernetes/cluster");
  if (cluster !== undefined) return clusterProvider(cluster, stack.platform, context);
  throw new ProgramError("MRD5011", stackId(stack), "the stack names no kubernetes/cluster");
}

/** What the next stage has to wait for. */
function build(
  component: ComponentSpec,
  setting: KubernetesSetting,
  opts: ComponentResourceOptions,
): readonly Resource[] {
  switch (component.kind) {
    case "kubernetes/storage-class":
      return new EbsStorageClass(component, setting, opts).ready;
    case "kubernetes/namespaces":
      return new Namespaces(component, setting, opts).ready;
    case "workspaces/namespaces":
      return new WorkspaceNamespaces(component, setting, opts).ready;
    case "workspaces/routing":
      return new WorkspaceRouting(component, setting, opts).ready;
    case "workspaces/buckets":
      return new WorkspaceBuckets(component, setting, opts).ready;
    case "workflow/temporal":
      return new WorkflowTemporal(component, setting, opts).ready;
    case "workflow/namespaces":
      return new WorkflowNamespaces(component, setting, opts).ready;
    case "messaging/nats-jetstream":
      return new MessagingNats(component, setting, opts).ready;
    case "messaging/accounts":
      return new MessagingAccounts(component, setting, opts).ready;
    case "telemetry/otel-collector":
      return new TelemetryOtel(component, setting, opts).ready;
    case "postgres/cnpg":
      return new CnpgPostgres(component, setting, opts).ready;
    case "postgres/pglogical":
      return new Pglogical(component, setting, opts).ready;
    case "objectstore/minio":
      return new MinioTenant(component, setting, opts).ready;
    case "secrets/vault":
      return new VaultCluster(component, setting, opts).ready;
    case "migrations/expand-contract":
      return new ExpandContractMigrations(component, setting, opts).ready;
    case "mongodb/community":
      return new MongodbCommunity(component, setting, opts).ready;
    case "redis/enterprise":
      return new RedisEnterprise(component, setting, opts).ready;
    case "mesh/istio":
      return new IstioMesh(component, setting, opts).ready;
    case "gateway/envoy":
      return new EnvoyGateway(component, setting, opts).ready;
    case "telemetry/prometheus-stack":
      return new PrometheusStack(component, setting, opts).ready;
    case "apps/deployment":
      return new AppsDeployment(component, setting, opts).ready;
    default:
      return [];
  }
}
