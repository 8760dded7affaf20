/** The API gateway of one region; see its spec for why it is Istio's Envoy. */
import { createHash } from "node:crypto";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { canaryName } from "../../automation/fleet/specs/kubernetes/apps";
import type { EnvoyGatewaySpec, RateLimits } from "../../automation/fleet/specs/kubernetes/gateway";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { istioRelease } from "../mesh/istio-charts";
import { CERT_MANAGER, gatewayValues } from "./charts";
import * as filters from "./envoy-filters";
import * as limit from "./rate-limit";
import * as routing from "./routing";

const ISTIO = "networking.istio.io/v1";
const FILTER = { apiVersion: "networking.istio.io/v1alpha3", kind: "EnvoyFilter" };

export class EnvoyGateway extends ComponentResource {
  /** Users reach the platform once these are there. */
  readonly ready: readonly Resource[];
  readonly #spec: EnvoyGatewaySpec;
  readonly #setting: KubernetesSetting;

  constructor(spec: EnvoyGatewaySpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:gateway:Envoy", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    const { name, namespace } = spec;
    const parent = { parent: this };
    const certificate = this.#certificate();
    const args = { chart: "gateway", name, namespace, values: gatewayValues(spec) } as const;
    const proxies = istioRelease(`${name}-proxies`, args, parent);
    const listener = { key: "listener", apiVersion: ISTIO, kind: "Gateway", as: name };
    this.#object(listener, routing.gatewaySpec(), [certificate]);
    this.#routes(listener.as);
    this.#filters();
    if (spec.rateLimits !== undefined) this.#rateLimits(spec.rateLimits);
    this.ready = [proxies, certificate];
    this.registerOutputs({ hosts: routing.hostsOf(spec) });
  }

  #certificate(): Resource {
    const { name, namespace } = this.#spec;
    const args = { ...CERT_MANAGER, name: "cert-manager", namespace, atomic: true, timeout: 600 };
    const manager = new Release(`${name}-cert-manager`, args, { parent: this });
    const apiVersion = "cert-manager.io/v1";
    const named = { key: "issuer", apiVersion, kind: "Issuer", as: "gateway-acme" };
    const issuer = this.#object(named, routing.issuerSpec(this.#spec), [manager]);
    return this.#object(
      { key: "certificate", apiVersion, kind: "Certificate", as: routing.TLS_SECRET },
      routing.certificateSpec(this.#spec, named.as),
      [issuer],
    );
  }

  #routes(gateway: string): void {
    const spec = this.#spec;
    const make = (key: string, kind: string, as: string, object: object): Resource =>
      this.#object({ key, apiVersion: ISTIO, kind, as }, object, []);
    make("api", "VirtualService", "api", routing.apiRouteSpec(spec, gateway));
    make("health", "VirtualService", "health", routing.healthRouteSpec(spec, gateway));
    make("upstream", "DestinationRule", spec.backend.service, routing.upstreamSpec(spec));
    if (spec.canary === undefined) return;
    const canary = canaryName(spec.backend.service);
    make("canary-upstream", "DestinationRule", canary, routing.upstreamSpec(spec, canary));
    const metadata = { ...this.#metadata(canary), namespace: spec.backend.namespace };
    const service = { metadata, spec: routing.canaryServiceSpec(spec) };
    new Service(`${spec.name}-canary`, service, { parent: this });
  }

  #filters(): void {
    const spec = this.#spec;
    const health = { ...FILTER, key: "health-checks", as: "health-checks" };
    this.#object(health, filters.healthFilter(spec), []);
    if (!spec.correlationIds) return;
    const correlation = { ...FILTER, key: "correlation", as: "correlation-ids" };
    this.#object(correlation, filters.correlationFilter(), []);
  }

  #rateLimits(limits: RateLimits): void {
    const { name, region } = this.#spec;
    const { secret } = this.#setting.context;
    const as = limit.rateLimitName(name);
    const metadata = this.#metadata(as);
    const configuration = limit.rateLimitConfiguration(region, limits);
    const print = createHash("sha256").update(configuration).digest("hex").slice(0, 16);
    const child = { parent: this };
    const stringData = { password: secret(limits.password), "redis.crt": secret(limits.caCertificate) };
    const login = new Secret(as, { metadata, stringData }, child);
    const quotas = new ConfigMap(as, { metadata, data: { "config.yaml": configuration } }, child);
    const service = new Service(as, { metadata, spec: limit.rateLimitServiceSpec(this.#spec) }, child);
    const spec = limit.rateLimitDeploymentSpec(this.#spec, limits, print);
    const limiter = new Deployment(as, { metadata, spec }, { ...child, dependsOn: [login, quotas] });
    const budget = { minAvailable: 1, selector: { matchLabels: limit.rateLimitSelector(name) } };
    new PodDisruptionBudget(as, { metadata, spec: budget }, child);
    const named = { ...FILTER, key: "rate-limits", as: "rate-limits" };
    this.#object(named, filters.rateLimitFilter(this.#spec), [service, limiter]);
    if (!this.#spec.metrics) return;
    const monitor = {
      key: "rate-limit-metrics",
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PodMonitor",
      as,
    };
    this.#object(monitor, limit.rateLimitMonitorSpec(this.#spec), []);
  }

  #metadata(name: string) {
    return { name, namespace: this.#spec.namespace, labels: { ...labelsOf(this.#setting, name) } };
  }

  #object({ apiVersion, as, key, kind }: Named, spec: object, dependsOn: readonly Resource[]): Resource {
    const object = { apiVersion, kind, metadata: this.#metadata(as), spec };
    return customObject(`${this.#spec.name}-${key}`, object, { parent: this, dependsOn: [...dependsOn] });
  }
}

interface Named {
  readonly key: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly as: string;
}
