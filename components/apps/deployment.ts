/**
 * The applications of one region, each a Deployment behind a Service.
 *
 * What the defaults promise: a rollout never takes a ready pod away before another is ready, a drained
 * node leaves one pod running, and a changed connection restarts the pods that use it.
 */
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/horizontalPodAutoscaler";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget";
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import {
  type AppsDeploymentSpec,
  type AppServiceSpec,
  canaryName,
  type CanarySpec,
} from "../../automation/fleet/specs/kubernetes/apps";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { connectionsOf, type Connections, ownKey } from "./connections";
import {
  autoscalerSpec,
  connectionsSecret,
  deploymentSpec,
  ingressSpec,
  selectorOf,
  trustSecret,
  type Workload,
} from "./workload";

/** What the Secret holds: variables of all services, and of each its own. */
const secretVariables = ({ own, variables }: Connections): Readonly<Record<string, Output<string>>> => ({
  ...variables,
  ...Object.fromEntries(own.map(({ service, value, variable }) => [ownKey(service, variable), value])),
});

export class AppsDeployment extends ComponentResource {
  /** The Deployments: done when these have rolled out. */
  readonly ready: readonly Resource[];
  readonly #spec: AppsDeploymentSpec;
  readonly #setting: KubernetesSetting;

  constructor(spec: AppsDeploymentSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:apps:Deployment", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    const connections = connectionsOf(spec, setting.context);
    const secrets = [
      ...this.#secret("connections", connectionsSecret(spec.name), secretVariables(connections)),
      ...this.#secret("trust", trustSecret(spec.name), connections.certificates),
    ];
    this.ready = spec.services.map((service) => this.#service(service, connections, secrets));
    this.registerOutputs({ services: spec.services.map(({ name }) => name) });
  }

  #secret(key: string, as: string, stringData: Readonly<Record<string, Output<string>>>): readonly Secret[] {
    if (Object.keys(stringData).length === 0) return [];
    const metadata = this.#metadata(as, this.#spec.name);
    return [new Secret(`${this.#spec.name}-${key}`, { metadata, stringData }, { parent: this })];
  }

  #metadata(name: string, of: string) {
    return { name, namespace: this.#spec.namespace, labels: { ...labelsOf(this.#setting, of) } };
  }

  #service(service: AppServiceSpec, connections: Connections, dependsOn: readonly Secret[]): Deployment {
    const name = `${this.#spec.name}-${service.name}`;
    const metadata = this.#metadata(service.name, service.name);
    const child = { parent: this };
    const workload = { apps: this.#spec, service, as: service.name, labels: metadata.labels, connections };
    const port = { name: "http", port: 80, targetPort: "http" };

    const deployment = new Deployment(
      name,
      { metadata, spec: deploymentSpec(workload) },
      { ...child, dependsOn: [...dependsOn] },
    );
    new Service(name, { metadata, spec: { selector: selectorOf(service.name), ports: [port] } }, child);
    if (service.replicas.minimum < service.replicas.maximum) {
      new HorizontalPodAutoscaler(name, { metadata, spec: autoscalerSpec(service) }, child);
    }
    if (service.replicas.minimum > 1) {
      const spec = { minAvailable: 1, selector: { matchLabels: selectorOf(service.name) } };
      new PodDisruptionBudget(name, { metadata, spec }, child);
    }
    if (service.hosts.length > 0) {
      new Ingress(name, { metadata, spec: ingressSpec(service, this.#spec.tlsSecret) }, child);
    }
    if (service.canary !== undefined) this.#canary(workload, service.canary, dependsOn);
    return deployment;
  }

  /** The service once more, in another version: same settings, fixed in number, its own pods. */
  #canary(stable: Workload, { image, replicas }: CanarySpec, dependsOn: readonly Secret[]): void {
    const as = canaryName(stable.service.name);
    const metadata = this.#metadata(as, as);
    const service = { ...stable.service, image, replicas: { minimum: replicas, maximum: replicas } };
    const spec = deploymentSpec({ ...stable, service, as, labels: metadata.labels });
    const opts = { parent: this, dependsOn: [...dependsOn] };
    new Deployment(`${this.#spec.name}-${as}`, { metadata, spec }, opts);
  }
}
