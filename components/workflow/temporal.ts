/**
 * The Temporal cluster of one region, by the official Helm chart, on a PostgreSQL cluster of the region's own.
 *
 * What the defaults promise: two of each service, certificates on every connection, histories in the databases
 * that CNPG keeps and backs up, and a connection to each cluster of the same cell that a Job renews whenever
 * one changes its address.
 */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { WorkflowTemporalSpec } from "../../automation/fleet/specs/kubernetes/temporal";
import { protectedBy } from "../deletion";
import { authority, certificate, type AuthorityPlace } from "../kubernetes/authority";
import { customObject } from "../kubernetes/custom-object";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { connectScript } from "./temporal-connect";
import {
  CHART,
  CLIENT_PATH,
  FRONTEND,
  FRONTEND_CERTIFICATE,
  INTERNODE_CERTIFICATE,
  RELEASE,
  TOOLS_IMAGE,
} from "./temporal-names";
import { INTERNODE_NAME, temporalValues } from "./temporal-values";

export class WorkflowTemporal extends ComponentResource {
  /** What registers namespaces waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: WorkflowTemporalSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: WorkflowTemporalSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:workflow:Temporal", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "temporal");
    const release = this.#release(setting, [...this.#certificates(setting), this.#visibility(setting)]);
    this.ready = [release, ...this.#connections(release)];
    this.registerOutputs({ cluster: spec.cluster, namespace: spec.namespace });
  }

  #certificates({ context }: KubernetesSetting): readonly Resource[] {
    const { address, authority: ca, name, namespace } = this.#spec;
    const place: AuthorityPlace = { name, namespace, labels: this.#labels, parent: this };
    const issuer = authority(ca, place, context);
    const services = [FRONTEND, `${FRONTEND}.${namespace}.svc`];
    return [
      certificate(FRONTEND_CERTIFICATE, [...services, address.host], place, issuer),
      certificate(INTERNODE_CERTIFICATE, [INTERNODE_NAME], place, issuer),
    ];
  }

  /** The CNPG Cluster makes its first database itself. */
  #visibility({ context }: KubernetesSetting): Resource {
    const { deletion, name, namespace, persistence } = this.#spec;
    const { cluster, user, visibility } = persistence;
    const object = {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Database",
      metadata: { name: `${cluster}-visibility`, namespace, labels: this.#labels },
      spec: { name: visibility, owner: user, cluster: { name: cluster }, databaseReclaimPolicy: "retain" },
    };
    return customObject(`${name}-visibility`, object, {
      parent: this,
      protect: protectedBy(deletion, context),
    });
  }

  #release({ context }: KubernetesSetting, dependsOn: readonly Resource[]): Release {
    const { deletion, name, namespace } = this.#spec;
    return new Release(
      `${name}-release`,
      {
        name: RELEASE,
        namespace,
        chart: CHART.chart,
        version: CHART.version,
        repositoryOpts: { repo: CHART.repository },
        values: temporalValues(this.#spec),
        timeout: 900,
      },
      { parent: this, dependsOn: [...dependsOn], protect: protectedBy(deletion, context) },
    );
  }

  #connections(release: Resource): readonly Resource[] {
    const { name, namespace, remotes } = this.#spec;
    if (remotes.length === 0) return [];
    const spec = runOnceSpec({
      image: TOOLS_IMAGE,
      script: connectScript(namespace, remotes),
      labels: this.#labels,
      secrets: { [CLIENT_PATH]: FRONTEND_CERTIFICATE },
    });
    const metadata = { name: "temporal-connect", namespace, labels: { ...this.#labels } };
    return [new Job(`${name}-connect`, { metadata, spec }, { parent: this, dependsOn: [release] })];
  }
}
