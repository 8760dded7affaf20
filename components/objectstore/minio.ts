/**
 * The MinIO tenant of a region, by MinIO's operator.
 *
 * Buckets, users and sites are set up by Jobs that may run again at any time, and do when they change. The
 * region whose buckets came first provisions them, and every other region of its cell joins it while empty.
 */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { ComponentResource, type ComponentResourceOptions, type Input, type Resource } from "@pulumi/pulumi";
import type { MinioTenantSpec } from "../../automation/fleet/specs/kubernetes/minio";
import { protectedBy } from "../deletion";
import { authority, certificate } from "../kubernetes/authority";
import { customObject } from "../kubernetes/custom-object";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import type { ProgramContext } from "../program-context";
import { ProgramError } from "../program-error";
import { evidenceAlertsSpec, evidenceCheck } from "./evidence-check";
import {
  accessSecret,
  alias,
  certificateSecret,
  configurationSecret,
  serviceEndpoint,
  variable,
} from "./minio-names";
import { provisioningScript, replicationScript } from "./minio-setup";
import { configuration, tenantSpec } from "./minio-tenant";

const CLIENT = "quay.io/minio/mc:RELEASE.2025-08-13T08-35-41Z";
const OPERATOR = { chart: "operator", version: "7.1.1", repo: "https://operator.min.io" };

export class MinioTenant extends ComponentResource {
  /** What reads or writes objects waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: MinioTenantSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: MinioTenantSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:objectstore:Minio", spec.name, {}, opts);
    refuseForeignSites(spec, setting);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "minio");
    const operator = this.#operator();
    const secrets = [...this.#secrets(setting.context), this.#certificate(setting.context)];
    const tenant = customObject(
      `${spec.name}-tenant`,
      {
        apiVersion: "minio.min.io/v2",
        kind: "Tenant",
        metadata: this.#metadata(spec.tenant),
        spec: tenantSpec(spec),
      },
      {
        parent: this,
        dependsOn: [operator, ...secrets],
        protect: protectedBy(spec.deletion, setting.context),
      },
    );
    const jobs = this.#jobs([tenant, ...secrets]);
    this.#checks(setting.context, [tenant, ...jobs]);
    this.ready = [tenant, ...jobs];
    this.registerOutputs({ tenant: spec.tenant, endpoint: serviceEndpoint(spec) });
  }

  #metadata(name: string) {
    return { name, namespace: this.#spec.namespace, labels: { ...this.#labels } };
  }

  #operator(): Release {
    const { chart, version, repo } = OPERATOR;
    return new Release(
      `${this.#spec.name}-operator`,
      {
        name: "minio-operator",
        chart,
        version,
        repositoryOpts: { repo },
        namespace: "minio-operator",
        createNamespace: true,
        values: { operator: { replicaCount: 2 } },
      },
      { parent: this },
    );
  }

  #certificate(context: ProgramContext): Resource {
    const { authority: signer, name, namespace, region, replication, tenant } = this.#spec;
    const service = `${tenant}.${namespace}.svc`;
    const own = replication?.sites.find((site) => site.region === region);
    const hosts = [
      ...(own === undefined ? [] : [own.endpoint.replace("https://", "")]),
      `${service}.cluster.local`,
      service,
      `*.${tenant}-hl.${namespace}.svc.cluster.local`,
    ];
    const place = { name, namespace, labels: this.#labels, parent: this };
    return certificate(certificateSecret(tenant), hosts, place, authority(signer, place, context));
  }

  #secrets(context: ProgramContext): readonly Secret[] {
    const { name, tenant } = this.#spec;
    const make = (key: string, of: string, stringData: Readonly<Record<string, Input<string>>>): Secret =>
      new Secret(`${name}-${key}`, { metadata: this.#metadata(of), stringData }, { parent: this });
    return [
      make("configuration", configurationSecret(tenant), {
        "config.env": configuration(this.#spec, context),
      }),
      make("access", accessSecret(tenant), this.#access(context)),
    ];
  }

  /** What mc knows of each site, and the keys of the users it makes. */
  #access({ secret }: ProgramContext): Readonly<Record<string, Input<string>>> {
    const { replication, rootPassword, rootUser, users } = this.#spec;
    const sites = [
      { name: "self", endpoint: serviceEndpoint(this.#spec) },
      ...(replication?.sites ?? []).map(({ region, endpoint }) => ({ name: alias(region), endpoint })),
    ];
    const login = secret(rootPassword).apply((password) => `${rootUser}:${encodeURIComponent(password)}`);
    return Object.fromEntries([
      ...sites.map(({ name, endpoint }) => [
        `MC_HOST_${name}`,
        login.apply((of) => endpoint.replace("https://", `https://${of}@`)),
      ]),
      ...users.flatMap((user) => [
        [`${variable(user.name)}_ACCESS_KEY_ID`, secret(user.accessKeyId)],
        [`${variable(user.name)}_SECRET_ACCESS_KEY`, secret(user.secretAccessKey)],
      ]),
    ]) as Readonly<Record<string, Input<string>>>;
  }

  #jobs(after: readonly Resource[]): readonly Job[] {
    const { buckets, region, replication, users } = this.#spec;
    const joins = replication !== undefined && replication.sites[0]?.region !== region;
    return [
      ...(buckets.length === 0 ? [] : [this.#job("buckets", provisioningScript(buckets, users), after)]),
      ...(joins ? [this.#job("sites", replicationScript(replication, region), after)] : []),
    ];
  }

  #job(key: string, script: string, after: readonly Resource[]): Job {
    const { name, tenant } = this.#spec;
    const secrets = { "/access": accessSecret(tenant), "/tls": certificateSecret(tenant) };
    return new Job(
      `${name}-${key}`,
      {
        metadata: this.#metadata(`${tenant}-${key}`),
        spec: runOnceSpec({ image: CLIENT, script, labels: this.#labels, secrets }),
      },
      // A tenant of many volumes takes its time to start.
      { parent: this, dependsOn: [...after], customTimeouts: { create: "20m" } },
    );
  }

  #checks(context: ProgramContext, after: readonly Resource[]): void {
    const { monitoring, name, verified } = this.#spec;
    for (const check of verified)
      evidenceCheck(this.#spec, check, { labels: this.#labels, context, parent: this }, after);
    if (!monitoring || verified.length === 0) return;
    customObject(
      `${name}-evidence-alerts`,
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: this.#metadata("evidence"),
        spec: evidenceAlertsSpec(this.#spec),
      },
      { parent: this },
    );
  }
}

/** A site copies everything it holds: one outside the jurisdiction would be a transfer nobody decided. */
function refuseForeignSites(
  { replication, name }: MinioTenantSpec,
  { platform, region }: KubernetesSetting,
): void {
  if (replication === undefined) return;
  const { jurisdiction, sites } = replication;
  const foreign = sites.find(({ jurisdictions }) => !jurisdictions.includes(jurisdiction));
  if (foreign === undefined) return;
  throw new ProgramError(
    "MRD5021",
    `${platform}/${region}`,
    `${name} would copy everything to ${foreign.region}, outside ${jurisdiction}`,
  );
}
