/** Certificates from an authority that all regions share, signed in each by its own cert-manager. */
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import type { ComponentResource, Resource } from "@pulumi/pulumi";
import type { AuthoritySpec } from "../../automation/fleet/specs/kubernetes/authority";
import type { ProgramContext } from "../program-context";
import { customObject } from "./custom-object";

/** Where an authority's objects live and whose children they are. */
export interface AuthorityPlace {
  /** Of the component, and of every object: `workflow`. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly parent: ComponentResource;
}

const CERT_MANAGER = "cert-manager.io/v1";
const issuerName = (name: string): string => `${name}-authority`;

/** The Issuer and the Secret with its key. */
export function authority(spec: AuthoritySpec, place: AuthorityPlace, context: ProgramContext): Resource {
  const { name, namespace, labels, parent } = place;
  const metadata = { name: issuerName(name), namespace, labels: { ...labels } };
  const stringData = { "tls.crt": context.secret(spec.certificate), "tls.key": context.secret(spec.key) };
  const secret = new Secret(
    `${name}-authority`,
    { metadata, type: "kubernetes.io/tls", stringData },
    { parent },
  );
  const object = {
    apiVersion: CERT_MANAGER,
    kind: "Issuer",
    metadata,
    spec: { ca: { secretName: issuerName(name) } },
  };
  return customObject(`${name}-issuer`, object, { parent, dependsOn: [secret] });
}

/** A certificate for both ends of a connection: `tls.crt`, `tls.key` and `ca.crt` in the Secret of its name. */
export function certificate(
  as: string,
  dnsNames: readonly string[],
  place: AuthorityPlace,
  issuer: Resource,
): Resource {
  const { name, namespace, labels, parent } = place;
  const spec = {
    secretName: as,
    commonName: dnsNames[0] ?? as,
    dnsNames,
    usages: ["digital signature", "server auth", "client auth"],
    // A new key with each renewal, a month before the old one ends.
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    duration: "2160h0m0s",
    renewBefore: "720h0m0s",
    issuerRef: { group: "cert-manager.io", kind: "Issuer", name: issuerName(name) },
  };
  const object = {
    apiVersion: CERT_MANAGER,
    kind: "Certificate",
    metadata: { name: as, namespace, labels },
    spec,
  };
  return customObject(`${name}-${as}`, object, { parent, dependsOn: [issuer] });
}
