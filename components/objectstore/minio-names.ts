/** Names of what belongs to one tenant. */
import type { MinioTenantSpec } from "../../automation/fleet/specs/kubernetes/minio";

export const configurationSecret = (tenant: string): string => `${tenant}-configuration`;

/** Holds the authority's certificate too, as `ca.crt`. */
export const certificateSecret = (tenant: string): string => `${tenant}-certificate`;

/** How to reach each site, and the keys of its users: what the Jobs read. */
export const accessSecret = (tenant: string): string => `${tenant}-access`;

/** Inside its Kubernetes cluster. */
export const serviceEndpoint = ({
  tenant,
  namespace,
}: Pick<MinioTenantSpec, "tenant" | "namespace">): string =>
  `https://${tenant}.${namespace}.svc.cluster.local`;

/** mc takes letters, digits and underscores in the variable that names a site: `eu-central` is `eu_central`. */
export const alias = (name: string): string => name.replaceAll("-", "_");

/** `evidence-verifier` has `EVIDENCE_VERIFIER_ACCESS_KEY_ID` and `…_SECRET_ACCESS_KEY`. */
export const variable = (user: string): string => alias(user).toUpperCase();
