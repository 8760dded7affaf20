/**
 * Vault of a region: the official chart at a pinned version, its certificate, its configuration, its snapshots.
 *
 * The chart's pods are ready only when somebody has unsealed them, so nothing here waits for that: an apply ends
 * with a Vault to initialise, and the Jobs go on by themselves once it is unsealed and they have a token.
 */
import { CronJob } from "@pulumi/kubernetes/batch/v1/cronJob";
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { VaultSpec } from "../../automation/fleet/specs/kubernetes/vault";
import { protectedBy } from "../deletion";
import { authority, certificate } from "../kubernetes/authority";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import type { ProgramContext } from "../program-context";
import { configurationScript, replicationScript, snapshotScript } from "./vault-scripts";
import { CERTIFICATE, CHART, imageOf, LICENSE, RELEASE, vaultValues } from "./vault-values";

/** Made by whoever unseals: a token that may configure, and one of the primary that may add a secondary. */
const TOKEN = "vault-configuration";
const PRIMARY_TOKEN = "vault-replication";
const SNAPSHOTS_AT = "0 2 * * *";

export class VaultCluster extends ComponentResource {
  /** What reads secrets waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: VaultSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: VaultSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:secrets:Vault", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "vault");
    const before = [this.#certificate(setting.context), ...this.#license(setting.context)];
    const release = new Release(
      `${spec.name}-release`,
      {
        name: RELEASE,
        chart: CHART.chart,
        version: CHART.version,
        repositoryOpts: { repo: CHART.repo },
        namespace: spec.namespace,
        values: vaultValues(spec) as unknown as Record<string, unknown>,
        skipAwait: true,
      },
      { parent: this, dependsOn: before, protect: protectedBy(spec.deletion, setting.context) },
    );
    this.#endpoint(release);
    this.#configured(release);
    this.ready = [release];
    this.registerOutputs({ namespace: spec.namespace, chart: CHART.version });
  }

  #metadata(name: string) {
    return { name, namespace: this.#spec.namespace, labels: { ...this.#labels } };
  }

  #certificate(context: ProgramContext): Resource {
    const { authority: signer, host, name, namespace } = this.#spec;
    const place = { name, namespace, labels: this.#labels, parent: this };
    const hosts = [
      ...(host === undefined ? [] : [host]),
      RELEASE,
      `${RELEASE}.${namespace}.svc`,
      `${RELEASE}-active.${namespace}.svc`,
      `*.${RELEASE}-internal`,
      `*.${RELEASE}-internal.${namespace}.svc`,
      "localhost",
    ];
    return certificate(CERTIFICATE, hosts, place, authority(signer, place, context));
  }

  #license({ secret }: ProgramContext): readonly Secret[] {
    const { license, name } = this.#spec;
    if (license === undefined) return [];
    const stringData = { license: secret(license) };
    return [
      new Secret(`${name}-license`, { metadata: this.#metadata(LICENSE), stringData }, { parent: this }),
    ];
  }

  /** The active server, for replication: others would only send the request on. */
  #endpoint(release: Release): void {
    const { host, name } = this.#spec;
    if (host === undefined) return;
    new Service(
      `${name}-endpoint`,
      {
        metadata: this.#metadata("vault-endpoint"),
        spec: {
          type: "LoadBalancer",
          selector: {
            "app.kubernetes.io/name": "vault",
            "app.kubernetes.io/instance": RELEASE,
            component: "server",
            "vault-active": "true",
          },
          ports: [
            { name: "https", port: 8200, targetPort: 8200, protocol: "TCP" },
            { name: "https-internal", port: 8201, targetPort: 8201, protocol: "TCP" },
          ],
        },
      },
      { parent: this, dependsOn: [release] },
    );
  }

  #configured(release: Release): void {
    const { configuration, host, region, replication } = this.#spec;
    const jobs: Job[] = [];
    if (replication !== undefined && host !== undefined) {
      const primary = replication.role === "secondary" ? { "/primary": PRIMARY_TOKEN } : {};
      jobs.push(
        this.#job("replication", replicationScript(replication, { region, host }), [release], primary),
      );
    }
    if (configuration === undefined) return;
    jobs.push(this.#job("configuration", configurationScript(configuration), [release, ...jobs]));
    const role = configuration.roles.find(({ name }) => name.endsWith("-snapshots"));
    if (role !== undefined) this.#snapshots(role.name, jobs);
  }

  #pod(script: string, secrets: Readonly<Record<string, string>>) {
    const { repository, tag } = imageOf(this.#spec);
    const variables = {
      VAULT_ADDR: `https://${RELEASE}-active.${this.#spec.namespace}.svc:8200`,
      VAULT_CACERT: "/tls/ca.crt",
    };
    return runOnceSpec({
      image: `${repository}:${tag}`,
      script,
      labels: this.#labels,
      variables,
      secrets: { "/tls": CERTIFICATE, ...secrets },
    });
  }

  #job(
    key: string,
    script: string,
    dependsOn: Resource[],
    secrets: Readonly<Record<string, string>> = {},
  ): Job {
    const metadata = {
      ...this.#metadata(`vault-${key}`),
      // It ends when people have unsealed: an apply does not wait for them.
      annotations: { "pulumi.com/skipAwait": "true" },
    };
    return new Job(
      `${this.#spec.name}-${key}`,
      { metadata, spec: this.#pod(script, { "/token": TOKEN, ...secrets }) },
      { parent: this, dependsOn },
    );
  }

  /** A Raft cluster that lost its majority, or a secret deleted by mistake, comes back from these. */
  #snapshots(role: string, after: readonly Resource[]): void {
    const { name, storage } = this.#spec;
    const metadata = this.#metadata("vault-snapshots");
    const claim = new PersistentVolumeClaim(
      `${name}-snapshots`,
      {
        metadata: { ...metadata, annotations: { "pulumi.com/skipAwait": "true" } },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: storage.size } },
          ...(storage.storageClass === undefined ? {} : { storageClassName: storage.storageClass }),
        },
      },
      { parent: this },
    );
    new CronJob(
      `${name}-snapshots`,
      {
        metadata,
        spec: {
          schedule: SNAPSHOTS_AT,
          concurrencyPolicy: "Forbid",
          jobTemplate: { spec: withVolume(this.#pod(snapshotScript(role), {}), metadata.name) },
        },
      },
      { parent: this, dependsOn: [claim, ...after] },
    );
  }
}

/** The same pod with a volume at /snapshots, and its own identity to log in with. */
function withVolume(spec: ReturnType<typeof runOnceSpec>, claimName: string) {
  const pod = spec.template.spec;
  return {
    ...spec,
    template: {
      ...spec.template,
      spec: {
        ...pod,
        automountServiceAccountToken: true,
        containers: pod.containers.map((container) => ({
          ...container,
          volumeMounts: [...container.volumeMounts, { name: "snapshots", mountPath: "/snapshots" }],
        })),
        volumes: [...pod.volumes, { name: "snapshots", persistentVolumeClaim: { claimName } }],
      },
    },
  };
}
