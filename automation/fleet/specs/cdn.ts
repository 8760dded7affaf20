/** Content delivery, the same whoever delivers it. Durations in seconds. */
import type { SecretRef } from "./secret-ref";

interface Caching {
  /** Of the component, for example `cdn`. */
  readonly name: string;
  /** What users ask for. */
  readonly hostname: string;
  /** Host that has what the cache does not. */
  readonly origin: string;
  /** File names that end like this are static assets. */
  readonly extensions: readonly string[];
  /** Paths below these are never cached. */
  readonly apiPaths: readonly string[];
  readonly ttl: { readonly static: number; readonly dynamic: number; readonly api: number };
  readonly compression: readonly ("brotli" | "gzip")[];
  readonly http: readonly ("2" | "3")[];
  readonly imageOptimization: boolean;
}

export interface CloudflareCdnSpec extends Caching {
  readonly kind: "cdn/cloudflare";
}

export interface CloudfrontCdnSpec extends Caching {
  readonly kind: "cdn/cloudfront";
  /** With which CloudFront proves to the edge router that a country is its own finding. */
  readonly proof: SecretRef;
}

/** A delivery network that Meridian has no provider of: somebody plugs it in under this name. */
export interface PluggedCdnSpec extends Caching {
  readonly kind: "cdn/plugged";
  /** `fastly`, or the `plugin` of a custom one. */
  readonly plugin: string;
  readonly token?: SecretRef;
}

export type CdnSpec = CloudflareCdnSpec | CloudfrontCdnSpec | PluggedCdnSpec;
