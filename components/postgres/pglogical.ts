/**
 * pglogical inside a region's cluster: a Job a node group that joins it with the other regions, and a keeper.
 *
 * A Job is named by what it runs, so that a change runs a new one; the applications start after it. The keeper
 * goes on with the same steps: regions that come later, new tables, samples of progress, the record of conflicts.
 */
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import type { PglogicalSpec } from "../../automation/fleet/specs/kubernetes/pglogical";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { exporterPod, pglogicalMonitorSpec, pglogicalRulesSpec, QUERIES } from "./pglogical-observation";
import { filesOf, LOGINS, podOf } from "./pglogical-pods";

const PROMETHEUS = "monitoring.coreos.com/v1";
const COMPONENT = "app.kubernetes.io/component";

/** Room for the first copy of a large database; a Job that waits for a region that is down does not give up at once. */
const JOB_SECONDS = 6 * 3600;
const KEPT_SECONDS = 86_400;

const printOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);

export class Pglogical extends ComponentResource {
  /** What reads the databases waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: PglogicalSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: PglogicalSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:postgres:Pglogical", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "pglogical");
    const logins = this.#logins(setting);
    const files = filesOf(spec);
    const name = `${spec.name}-${printOf(files)}`;
    const map = this.#map("files", name, files);
    const jobs = spec.nodeGroups.map(({ database }) => this.#job(database, name, [logins, map]));
    this.#deployment("keeper", podOf(spec, name, ["keep", ...databasesOf(spec)]), [logins, map, ...jobs]);
    if (spec.monitoring) this.#observed(logins, jobs);
    this.ready = jobs;
    this.registerOutputs({ namespace: spec.namespace });
  }

  #metadata(name: string, component: string) {
    const labels = { ...this.#labels, [COMPONENT]: component };
    return { name, namespace: this.#spec.namespace, labels };
  }

  #logins({ context }: KubernetesSetting): Secret {
    const { admin, name, nodeGroups } = this.#spec;
    const owners = nodeGroups.map(
      ({ database, owner }) => [database, context.secret(owner.password)] as const,
    );
    const stringData = { admin: context.secret(admin.password), ...Object.fromEntries(owners) };
    const metadata = this.#metadata(LOGINS, "logins");
    return new Secret(`${name}-logins`, { metadata, type: "Opaque", stringData }, { parent: this });
  }

  #map(key: string, name: string, data: Readonly<Record<string, string>>): ConfigMap {
    const metadata = this.#metadata(name, key);
    return new ConfigMap(`${this.#spec.name}-${key}`, { metadata, data: { ...data } }, { parent: this });
  }

  #job(database: string, files: string, dependsOn: Resource[]): Job {
    const pod = podOf(this.#spec, files, ["join", database]);
    const key = database.replaceAll("_", "-");
    const metadata = this.#metadata(`${this.#spec.name}-${key}-${printOf([files, pod])}`, "join");
    const spec = {
      backoffLimit: 6,
      activeDeadlineSeconds: JOB_SECONDS,
      ttlSecondsAfterFinished: KEPT_SECONDS,
      template: { metadata: { labels: metadata.labels }, spec: { ...pod, restartPolicy: "OnFailure" } },
    };
    const options = { parent: this, dependsOn, customTimeouts: { create: `${String(JOB_SECONDS)}s` } };
    return new Job(`${this.#spec.name}-${key}`, { metadata, spec }, options);
  }

  #deployment(component: string, pod: object, dependsOn: Resource[]): Deployment {
    const name = `${this.#spec.name}-${component}`;
    const metadata = this.#metadata(name, component);
    const matchLabels = { ...metadata.labels };
    const spec = {
      // One is enough and two would only wait for each other.
      replicas: 1,
      strategy: { type: "Recreate" },
      selector: { matchLabels },
      template: { metadata: { labels: matchLabels }, spec: pod as ReturnType<typeof podOf> },
    };
    return new Deployment(name, { metadata, spec }, { parent: this, dependsOn });
  }

  #observed(logins: Secret, jobs: readonly Resource[]): void {
    const { name, namespace } = this.#spec;
    const queries = this.#map("queries", `${name}-queries-${printOf(QUERIES)}`, { "queries.yaml": QUERIES });
    const pod = exporterPod(this.#spec, `${name}-queries-${printOf(QUERIES)}`);
    this.#deployment("exporter", pod, [logins, queries, ...jobs]);
    const exporter = { ...this.#labels, [COMPONENT]: "exporter" };
    for (const [kind, spec] of [
      ["PodMonitor", pglogicalMonitorSpec(exporter)],
      ["PrometheusRule", pglogicalRulesSpec(this.#spec)],
    ] as const) {
      const metadata = { name, namespace, labels: this.#labels };
      const key = `${name}-${kind === "PodMonitor" ? "metrics" : "alerts"}`;
      customObject(key, { apiVersion: PROMETHEUS, kind, metadata, spec }, { parent: this });
    }
  }
}

const databasesOf = ({ nodeGroups }: PglogicalSpec): readonly string[] =>
  nodeGroups.map(({ database }) => database);
