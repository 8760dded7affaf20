/**
 * A PostgreSQL cluster of one region, by CloudNativePG 1.26 or later with the Barman Cloud plugin.
 *
 * What the defaults promise: encrypted connections, one instance a node where there are nodes enough,
 * point-in-time recovery from R2 or MinIO as soon as a backup is named, and that the spec of every member changes
 * by one name when the writer moves.
 */
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { PostgresCnpgSpec } from "../../automation/fleet/specs/kubernetes/postgres";
import { protectedBy } from "../deletion";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { objectStoreSpec, scheduledBackupSpec } from "./cnpg-backup";
import { clusterSpec } from "./cnpg-cluster";
import { publicationSpec, replicaSubscriptionSpec, subscriptionSpec } from "./cnpg-logical";
import { backupStore } from "./cnpg-names";
import {
  alertRulesSpec,
  podMonitorSpec,
  SUBSCRIPTION_QUERIES,
  watchesSubscriptions,
} from "./cnpg-observation";
import { poolerSpec } from "./cnpg-pooler";
import { cnpgSecrets } from "./cnpg-secrets";
import { conflictResolution } from "./conflict-resolution";

const CNPG = "postgresql.cnpg.io/v1";
const PROMETHEUS = "monitoring.coreos.com/v1";

type AddObject = (
  key: string,
  apiVersion: string,
  kind: string,
  suffix: string,
  spec: object,
  after?: readonly Resource[],
  annotations?: Readonly<Record<string, string>>,
) => Resource;

/** A subscription to a publication that is not there yet would take no table at all. */
const APPLIED = { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" };

export class CnpgPostgres extends ComponentResource {
  /** What reads it waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: PostgresCnpgSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: PostgresCnpgSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:postgres:Cnpg", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "postgresql");

    const secrets = cnpgSecrets(spec, this.#labels, setting.context, this);
    const store = this.#objectStore(setting, secrets);
    const queries = watchesSubscriptions(spec.topology) ? [this.#queries()] : [];
    const cluster = customObject(
      `${spec.name}-cluster`,
      this.#object(CNPG, "Cluster", spec.cluster, clusterSpec(spec, this.#labels)),
      {
        parent: this,
        dependsOn: [...secrets, ...store, ...queries],
        protect: protectedBy(spec.deletion, setting.context),
      },
    );
    this.ready = [cluster, ...this.#around(cluster)];
    this.registerOutputs({ cluster: spec.cluster, namespace: spec.namespace });
  }

  #object(
    apiVersion: string,
    kind: string,
    name: string,
    spec: object,
    annotations?: Readonly<Record<string, string>>,
  ) {
    const metadata = {
      name,
      namespace: this.#spec.namespace,
      labels: this.#labels,
      ...(annotations === undefined ? {} : { annotations }),
    };
    return { apiVersion, kind, metadata, spec };
  }

  #objectStore({ context }: KubernetesSetting, dependsOn: readonly Resource[]): readonly Resource[] {
    const { backup, cluster, name } = this.#spec;
    if (backup === undefined) return [];
    const spec = objectStoreSpec(cluster, backup, context);
    const object = this.#object("barmancloud.cnpg.io/v1", "ObjectStore", backupStore(cluster), spec);
    return [customObject(`${name}-backups`, object, { parent: this, dependsOn: [...dependsOn] })];
  }

  #queries(): ConfigMap {
    const { cluster, name, namespace } = this.#spec;
    const metadata = {
      name: `${cluster}-queries`,
      namespace,
      labels: { ...this.#labels, "cnpg.io/reload": "true" },
    };
    return new ConfigMap(
      `${name}-queries`,
      { metadata, data: { queries: SUBSCRIPTION_QUERIES } },
      { parent: this },
    );
  }

  /** All that needs the cluster to exist; and of that, what others wait for. */
  #around(cluster: Resource): readonly Resource[] {
    const { alerts, backup, monitoring, name, pooler } = this.#spec;
    const options = { parent: this, dependsOn: [cluster] };
    const add: AddObject = (key, apiVersion, kind, suffix, spec, after = [], annotations) => {
      const object = this.#object(apiVersion, kind, `${this.#spec.cluster}${suffix}`, spec, annotations);
      return customObject(`${name}-${key}`, object, { ...options, dependsOn: [cluster, ...after] });
    };
    const id = this.#spec.cluster;
    if (backup !== undefined)
      add("backup-schedule", CNPG, "ScheduledBackup", "-daily", scheduledBackupSpec(id, backup));
    if (pooler !== undefined) add("pooler", CNPG, "Pooler", "-pooler-rw", poolerSpec(id, pooler));
    if (monitoring) add("metrics", PROMETHEUS, "PodMonitor", "", podMonitorSpec(id));
    if (alerts !== undefined)
      add("alerts", PROMETHEUS, "PrometheusRule", "", alertRulesSpec(this.#spec, alerts));
    this.#subscribed(add);
    this.#multiWriter(add, options);
    return this.#published(add);
  }

  /** A replica cluster has its primary's publication already: it is part of what is replicated. */
  #published(add: AddObject): readonly Resource[] {
    const { cluster, publication, topology } = this.#spec;
    const follows = topology.kind === "distributed" && topology.primary !== cluster;
    if (publication === undefined || follows) return [];
    return publication.databases.map((database) => {
      const spec = publicationSpec(cluster, database);
      return add(`publication-${database}`, CNPG, "Publication", `-${database}`, spec, [], APPLIED);
    });
  }

  #subscribed(add: AddObject): void {
    const { topology } = this.#spec;
    if (topology.kind !== "subscriber") return;
    for (const database of topology.replication.databases) {
      const spec = replicaSubscriptionSpec(this.#spec, topology, database);
      add(`subscription-${database}`, CNPG, "Subscription", `-${database}`, spec);
    }
  }

  #multiWriter(
    add: AddObject,
    options: { readonly parent: ComponentResource; readonly dependsOn: Resource[] },
  ): void {
    const { cluster, topology } = this.#spec;
    if (topology.kind !== "multi-writer") return;
    const { policy, column } = topology.conflict;
    const peers = topology.members.filter((member) => member.cluster !== cluster);
    for (const database of topology.replication.databases) {
      const rules =
        policy === "last-write-wins"
          ? [conflictResolution(this.#spec, { database, clock: column }, this.#labels, options)]
          : [];
      add(`publication-${database}`, CNPG, "Publication", `-${database}`, publicationSpec(cluster, database));
      for (const peer of peers) {
        const spec = subscriptionSpec(this.#spec, peer, database, policy);
        // The first copy already needs the rules: without them its first known row would stop it.
        add(
          `from-${peer.region}-${database}`,
          CNPG,
          "Subscription",
          `-${peer.region}-${database}`,
          spec,
          rules,
        );
      }
    }
  }
}
