/** A MongoDB replica set by the community operator; see its spec for what it can and cannot span. */
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { Service } from "@pulumi/kubernetes/core/v1/service";
import { ComponentResource, type ComponentResourceOptions, type Input, type Resource } from "@pulumi/pulumi";
import type { MongodbCommunitySpec } from "../../automation/fleet/specs/kubernetes/mongodb";
import { protectedBy } from "../deletion";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { caSecret, certificateSecret, communitySpec, passwordSecret } from "./community-manifest";

export class MongodbCommunity extends ComponentResource {
  /** What reads it waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: MongodbCommunitySpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: MongodbCommunitySpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:mongodb:Community", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "mongodb");
    const secrets = this.#secrets(setting);
    const object = {
      apiVersion: "mongodbcommunity.mongodb.com/v1",
      kind: "MongoDBCommunity",
      metadata: this.#metadata(spec.resource),
      spec: communitySpec(spec),
    };
    const replicaSet = customObject(`${spec.name}-replica-set`, object, {
      parent: this,
      dependsOn: [...secrets],
      protect: protectedBy(spec.deletion, setting.context),
    });
    this.#endpoints();
    this.ready = [replicaSet];
    this.registerOutputs({ replicaSet: spec.resource, namespace: spec.namespace });
  }

  #metadata(name: string) {
    return { name, namespace: this.#spec.namespace, labels: { ...this.#labels } };
  }

  #secrets({ context: { secret } }: KubernetesSetting): readonly Secret[] {
    const { name, password, resource, tls } = this.#spec;
    const make = (key: string, as: string, stringData: Readonly<Record<string, Input<string>>>): Secret =>
      new Secret(`${name}-${key}`, { metadata: this.#metadata(as), stringData }, { parent: this });
    return [
      make("password", passwordSecret(resource), { password: secret(password) }),
      ...(tls === undefined
        ? []
        : [
            make("ca", caSecret(resource), { "ca.crt": secret(tls.caCertificate) }),
            make("certificate", certificateSecret(resource), {
              "tls.crt": secret(tls.certificate),
              "tls.key": secret(tls.key),
            }),
          ]),
    ];
  }

  /** A load balancer for each member others reach by its own name. */
  #endpoints(): void {
    const { members, name, resource } = this.#spec;
    for (const [ordinal, { endpoint }] of members.entries()) {
      if (endpoint === undefined) continue;
      const pod = `${resource}-${String(ordinal)}`;
      const spec = {
        type: "LoadBalancer",
        selector: { "statefulset.kubernetes.io/pod-name": pod },
        ports: [{ name: "mongodb", port: endpoint.port, targetPort: 27017, protocol: "TCP" }],
      };
      const metadata = this.#metadata(`${pod}-endpoint`);
      new Service(`${name}-endpoint-${String(ordinal)}`, { metadata, spec }, { parent: this });
    }
  }
}
