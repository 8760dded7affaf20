/**
 * Istio in one cluster. Order: definitions, then the control plane and the node agent, then the gateway, then
 * the objects that configure them. Promises: no unencrypted call between pods, no call longer than the timeout.
 */
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import type { Release } from "@pulumi/kubernetes/helm/v3/release";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { IstioMeshSpec, MeshService } from "../../automation/fleet/specs/kubernetes/mesh";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import {
  baseValues,
  cniValues,
  eastWestValues,
  type IstioChart,
  istiodValues,
  istioRelease,
} from "./istio-charts";
import * as policy from "./istio-policy";

export class IstioMesh extends ComponentResource {
  /** Pods get their proxies once these are there. */
  readonly ready: readonly Resource[];
  readonly #spec: IstioMeshSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: IstioMeshSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:mesh:Istio", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "istio");
    const base = this.#release("base", "base", "istio-base", baseValues(), []);
    const authority = this.#authority(setting);
    const cni = this.#release("cni", "cni", "istio-cni", cniValues(spec), [base]);
    const control = this.#release("control", "istiod", "istiod", istiodValues(spec), [base, cni, authority]);
    if (spec.peers.length > 0) this.#eastWest(control);
    const mutual = this.#object(
      "mutual-tls",
      "security.istio.io/v1",
      "PeerAuthentication",
      // Of this name in this namespace it holds for the whole mesh.
      { name: "default", namespace: spec.namespace, spec: policy.peerAuthenticationSpec(spec) },
      [control],
    );
    for (const service of spec.services) this.#service(service, control);
    this.ready = [control, mutual];
    this.registerOutputs({ mesh: spec.meshId, network: spec.region });
  }

  #release(
    key: string,
    chart: IstioChart,
    name: string,
    values: object,
    dependsOn: readonly Resource[],
  ): Release {
    const { namespace } = this.#spec;
    const opts = { parent: this, dependsOn: [...dependsOn] };
    return istioRelease(`${this.#spec.name}-${key}`, { chart, name, namespace, values }, opts);
  }

  /** Read by the control plane when it starts: without it each cluster makes a root of its own. */
  #authority({ context: { secret } }: KubernetesSetting): Secret {
    const { name, namespace, trust } = this.#spec;
    const stringData = {
      "ca-cert.pem": secret(trust.certificate),
      "ca-key.pem": secret(trust.key),
      "root-cert.pem": secret(trust.root),
      "cert-chain.pem": secret(trust.chain),
    };
    const metadata = { name: "cacerts", namespace, labels: { ...this.#labels } };
    return new Secret(`${name}-authority`, { metadata, stringData }, { parent: this });
  }

  #eastWest(control: Resource): void {
    const { namespace } = this.#spec;
    const values = eastWestValues(this.#spec);
    const gateway = this.#release("east-west", "gateway", "istio-eastwestgateway", values, [control]);
    const object = { name: "cross-network", namespace, spec: policy.eastWestGatewaySpec() };
    this.#object("cross-network", "networking.istio.io/v1", "Gateway", object, [gateway]);
  }

  #service(service: MeshService, control: Resource): void {
    const { name, namespace } = service;
    const make = (key: string, kind: string, as: string, spec: object): void => {
      const object = { name: as, namespace, spec };
      this.#object(`${name}-${key}`, "networking.istio.io/v1", kind, object, [control]);
    };
    make("destination", "DestinationRule", name, policy.destinationRuleSpec(this.#spec, service));
    make("route", "VirtualService", name, policy.virtualServiceSpec(this.#spec, service));
    if (this.#spec.discovery !== undefined) {
      make("names", "ServiceEntry", name, policy.serviceEntrySpec(this.#spec, service));
    }
    for (const { region } of this.#spec.peers) {
      make(region, "WorkloadEntry", `${name}-${region}`, policy.workloadEntrySpec(service, region));
    }
  }

  #object(
    key: string,
    apiVersion: string,
    kind: string,
    { name, namespace, spec }: { readonly name: string; readonly namespace: string; readonly spec: object },
    dependsOn: readonly Resource[],
  ): Resource {
    const metadata = { name, namespace, labels: this.#labels };
    const opts = { parent: this, dependsOn: [...dependsOn] };
    return customObject(`${this.#spec.name}-${key}`, { apiVersion, kind, metadata, spec }, opts);
  }
}
