import type { SecretRef } from "../secret-ref";

/**
 * The certificate authority that the regions of a platform share for one service: cert-manager signs with it
 * in each region, so every region trusts every other and no certificate is ever copied.
 */
export interface AuthoritySpec {
  readonly certificate: SecretRef;
  readonly key: SecretRef;
}
