/**
 * NATS JetStream in one region, by the official Helm charts, with its streams by NACK.
 *
 * What the defaults promise: messages on the disks of three servers, encrypted there and on the way, accounts
 * that no server has to be restarted for, and copies in a secondary region that go on when the first is lost.
 */
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { MessagingNatsSpec } from "../../automation/fleet/specs/kubernetes/nats";
import { protectedBy } from "../deletion";
import { authority, certificate, type AuthorityPlace } from "../kubernetes/authority";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { trustOf, type Trust } from "./claims";
import { accountSpec, streamSpec } from "./jetstream";
import {
  CREDENTIALS,
  NACK_CHART,
  NATS_CERTIFICATE,
  NATS_CHART,
  NATS_RELEASE,
  PLATFORM_ACCOUNT,
  PLATFORM_SECRET,
  STORAGE_SECRET,
  SYSTEM_SECRET,
} from "./nats-names";
import { nackValues, natsNames, natsValues } from "./nats-values";
import { deriveSecret } from "./nkeys";

const JETSTREAM = "jetstream.nats.io/v1beta2";

export class MessagingNats extends ComponentResource {
  /** What publishes waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: MessagingNatsSpec;
  readonly #setting: KubernetesSetting;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: MessagingNatsSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:messaging:NatsJetstream", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    this.#labels = labelsOf(setting, "nats");
    const seed = setting.context.secret(spec.seed);
    const trust = seed.apply((text) => trustOf(text, spec.platform));
    const values = trust.apply((known) => natsValues(spec, known));
    const servers = this.#release("servers", NATS_RELEASE, NATS_CHART, values, [
      ...this.#secrets(trust, seed),
      this.#certificate(),
    ]);
    const controller = this.#release("controller", "nack", NACK_CHART, nackValues(spec), [servers]);
    this.ready = [servers, ...this.#streams(controller)];
    this.registerOutputs({ region: spec.region, namespace: spec.namespace });
  }

  #secrets(trust: Output<Trust>, seed: Output<string>): readonly Resource[] {
    const { name, namespace, region } = this.#spec;
    const make = (key: string, as: string, stringData: Readonly<Record<string, Input<string>>>): Secret => {
      const metadata = { name: as, namespace, labels: { ...this.#labels } };
      return new Secret(`${name}-${key}`, { metadata, stringData }, { parent: this });
    };
    return [
      make("system", SYSTEM_SECRET, { [CREDENTIALS]: trust.systemCredentials }),
      make("platform", PLATFORM_SECRET, { [CREDENTIALS]: trust.platformCredentials }),
      make("storage", STORAGE_SECRET, { key: seed.apply((text) => deriveSecret(text, region)) }),
    ];
  }

  #certificate(): Resource {
    const { authority: ca, name, namespace } = this.#spec;
    const place: AuthorityPlace = { name, namespace, labels: this.#labels, parent: this };
    const issuer = authority(ca, place, this.#setting.context);
    return certificate(NATS_CERTIFICATE, natsNames(this.#spec), place, issuer);
  }

  #release(
    key: string,
    name: string,
    {
      chart,
      version,
      repository,
    }: { readonly chart: string; readonly version: string; readonly repository: string },
    values: Input<Record<string, unknown>>,
    dependsOn: readonly Resource[],
  ): Release {
    const { deletion, name: component, namespace } = this.#spec;
    const protect = protectedBy(deletion, this.#setting.context);
    return new Release(
      `${component}-${key}`,
      { name, namespace, chart, version, repositoryOpts: { repo: repository }, values, timeout: 600 },
      { parent: this, dependsOn: [...dependsOn], protect },
    );
  }

  #streams(controller: Resource): readonly Resource[] {
    const { deletion, name, namespace, streams } = this.#spec;
    const protect = protectedBy(deletion, this.#setting.context);
    const object = (kind: string, as: string, spec: object) => ({
      apiVersion: JETSTREAM,
      kind,
      metadata: { name: as, namespace, labels: this.#labels },
      spec,
    });
    const account = customObject(
      `${name}-account`,
      object("Account", PLATFORM_ACCOUNT, accountSpec(this.#spec)),
      {
        parent: this,
        dependsOn: [controller],
      },
    );
    return streams.map((stream) =>
      customObject(
        `${name}-stream-${stream.name}`,
        object("Stream", stream.name, streamSpec(this.#spec, stream)),
        { parent: this, dependsOn: [account], protect },
      ),
    );
  }
}
