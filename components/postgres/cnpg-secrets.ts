import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import type { ComponentResource, Input } from "@pulumi/pulumi";
import type { PostgresCnpgSpec } from "../../automation/fleet/specs/kubernetes/postgres";
import type { ProgramContext } from "../program-context";
import {
  backupSecret,
  backupTrustSecret,
  LOGICAL_SECRET,
  ownerSecret,
  REPLICATION_SECRET,
  subscriberSecret,
  trustSecret,
} from "./cnpg-names";

/** Every Secret the cluster reads, made before it. */
export function cnpgSecrets(
  spec: PostgresCnpgSpec,
  labels: Readonly<Record<string, string>>,
  { secret }: ProgramContext,
  parent: ComponentResource,
): readonly Secret[] {
  const make = (
    key: string,
    name: string,
    stringData: Readonly<Record<string, Input<string>>>,
    type = "Opaque",
  ): Secret => {
    // With this label the operator takes a changed value over without a restart.
    const metadata = { name, namespace: spec.namespace, labels: { ...labels, "cnpg.io/reload": "true" } };
    return new Secret(`${spec.name}-${key}`, { metadata, type, stringData }, { parent });
  };
  const login = (key: string, name: string, username: string, password: Input<string>): Secret =>
    make(key, name, { username, password }, "kubernetes.io/basic-auth");

  const { cluster, tls, backup, publication, topology } = spec;
  const replication = topology.kind === "single" ? undefined : topology.replication;
  return [
    login("owner", ownerSecret(cluster), spec.owner, secret(spec.ownerPassword)),
    ...(tls === undefined
      ? []
      : [
          make("trust", trustSecret(cluster), {
            "ca.crt": secret(tls.caCertificate),
            "ca.key": secret(tls.caKey),
          }),
        ]),
    ...(replication?.password === undefined
      ? []
      : [
          login(
            "replication",
            topology.kind === "subscriber" ? subscriberSecret(cluster) : REPLICATION_SECRET,
            replication.user,
            secret(replication.password),
          ),
        ]),
    ...(publication === undefined
      ? []
      : [login("logical", LOGICAL_SECRET, publication.user, secret(publication.password))]),
    ...(backup === undefined
      ? []
      : [
          make("backup-credentials", backupSecret(cluster), {
            ACCESS_KEY_ID: secret(backup.accessKeyId),
            SECRET_ACCESS_KEY: secret(backup.secretAccessKey),
            REGION: "endpoint" in backup ? "us-east-1" : "auto",
          }),
        ]),
    ...(backup !== undefined && "endpoint" in backup
      ? [make("backup-trust", backupTrustSecret(cluster), { "ca.crt": secret(backup.caCertificate) })]
      : []),
  ];
}
