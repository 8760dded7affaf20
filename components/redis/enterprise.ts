/**
 * Redis Enterprise by its own operator; see its spec for how conflicts are resolved.
 *
 * The operator comes as its official chart, pinned: its definitions and its admission rules must fit each other,
 * which a prerequisite on paper would not hold. It watches its own namespace alone.
 */
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { ComponentResource, type ComponentResourceOptions, type Input, type Resource } from "@pulumi/pulumi";
import type {
  RedisDatabaseSpec,
  RedisEnterpriseSpec,
} from "../../automation/fleet/specs/kubernetes/redis-enterprise";
import { protectedBy } from "../deletion";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import * as manifest from "./enterprise-manifest";
import { alertRulesSpec, monitorSpec } from "./enterprise-observation";

const OPERATOR = {
  chart: "redis-enterprise-operator",
  version: "7.22.0-17",
  repositoryOpts: { repo: "https://helm.redis.io" },
} as const;

const REDIS = "app.redislabs.com";

export class RedisEnterprise extends ComponentResource {
  /** What reads it waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: RedisEnterpriseSpec;
  readonly #setting: KubernetesSetting;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: RedisEnterpriseSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:redis:Enterprise", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    this.#labels = labelsOf(setting, "redis");
    const operator = this.#operator();
    const secrets = this.#secrets();
    const { member, members, namespace } = spec;
    const cluster = this.#object(
      { key: "cluster", kind: "RedisEnterpriseCluster", apiVersion: `${REDIS}/v1`, as: member.cluster },
      manifest.clusterSpec(spec),
      [operator, ...secrets],
      true,
    );
    const remotes = members.map((one) =>
      this.#object(
        {
          key: `remote-${one.region}`,
          kind: "RedisEnterpriseRemoteCluster",
          apiVersion: `${REDIS}/v1alpha1`,
          as: one.cluster,
        },
        manifest.remoteClusterSpec(one, namespace),
        [cluster],
      ),
    );
    const database = spec.database === undefined ? [] : [this.#database(spec.database, remotes)];
    this.#routes();
    this.#observation();
    this.ready = [cluster, ...remotes, ...database];
    this.registerOutputs({ cluster: member.cluster, namespace });
  }

  #operator(): Release {
    const { name, namespace } = this.#spec;
    const args = { ...OPERATOR, name: "redis-enterprise-operator", namespace, atomic: true, timeout: 600 };
    return new Release(`${name}-operator`, args, { parent: this });
  }

  /** Logins of every cluster's API, the database's password, the license, and the certificate clients see. */
  #secrets(): readonly Secret[] {
    const { certificate, databaseName, databasePassword, license, member, members } = this.#spec;
    const { secret } = this.#setting.context;
    const login = (password: Input<string>) => ({ username: manifest.API_USER, password });
    return [
      // Of the cluster's own name: the operator takes this login instead of making one up.
      this.#secret("login", member.cluster, login(secret(member.password))),
      ...members.map((one) =>
        this.#secret(`login-${one.region}`, manifest.remoteSecret(one.cluster), login(secret(one.password))),
      ),
      this.#secret("password", manifest.databaseSecret(databaseName), { password: secret(databasePassword) }),
      this.#secret("license", manifest.LICENSE_SECRET, { license: secret(license) }),
      this.#secret("certificate", manifest.proxyCertificateSecret(member.cluster), {
        name: "proxy",
        certificate: secret(certificate.certificate),
        key: secret(certificate.key),
      }),
    ];
  }

  #secret(key: string, as: string, stringData: Readonly<Record<string, Input<string>>>): Secret {
    const metadata = { name: as, namespace: this.#spec.namespace, labels: { ...this.#labels } };
    return new Secret(`${this.#spec.name}-${key}`, { metadata, stringData }, { parent: this });
  }

  #database(database: RedisDatabaseSpec, remotes: readonly Resource[]): Resource {
    const named = {
      key: "database",
      kind: "RedisEnterpriseActiveActiveDatabase",
      apiVersion: `${REDIS}/v1alpha1`,
      as: this.#spec.databaseName,
      annotations: { "meridian.dev/sync-interval": `${String(database.syncIntervalMs)}ms` },
    };
    return this.#object(named, manifest.databaseSpec(this.#spec, database), remotes, true);
  }

  /** Replication between regions goes by the mesh's east-west gateway, applications by the platform's name. */
  #routes(): void {
    const spec = this.#spec;
    if (spec.gateway === undefined) return;
    const istio = { apiVersion: "networking.istio.io/v1" };
    const gateway = { ...istio, key: "gateway", kind: "Gateway", as: "redis-replication" };
    this.#object(gateway, manifest.gatewaySpec(spec), []);
    const route = { ...istio, key: "route", kind: "VirtualService", as: "redis-replication" };
    this.#object(route, manifest.passthroughSpec(spec, gateway.as), []);
    const endpoint = { ...istio, key: "endpoint", kind: "ServiceEntry", as: "redis" };
    this.#object(endpoint, manifest.endpointSpec(spec), []);
  }

  #observation(): void {
    const { alerts, member } = this.#spec;
    if (alerts === undefined) return;
    const apiVersion = "monitoring.coreos.com/v1";
    const monitor = { key: "metrics", kind: "ServiceMonitor", apiVersion, as: member.cluster };
    this.#object(monitor, monitorSpec(), []);
    const rules = { key: "alerts", kind: "PrometheusRule", apiVersion, as: member.cluster };
    this.#object(rules, alertRulesSpec(this.#spec, alerts), []);
  }

  #object(named: Named, spec: object, dependsOn: readonly Resource[], data = false): Resource {
    const { annotations, apiVersion, as, key, kind } = named;
    const metadata = {
      name: as,
      namespace: this.#spec.namespace,
      labels: this.#labels,
      ...(annotations === undefined ? {} : { annotations }),
    };
    const protect = data && protectedBy(this.#spec.deletion, this.#setting.context);
    const opts = { parent: this, dependsOn: [...dependsOn], protect };
    return customObject(`${this.#spec.name}-${key}`, { apiVersion, kind, metadata, spec }, opts);
  }
}

interface Named {
  readonly key: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly as: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
