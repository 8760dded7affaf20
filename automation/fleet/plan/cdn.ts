import type { PlatformManifest } from "../../manifest/schema/manifest";
import type { CdnSpec } from "../specs/cdn";
import type { SecretRef } from "../specs/secret-ref";

export type Cdn = NonNullable<PlatformManifest["spec"]["services"]["cdn"]>;

/** Both CloudFront and the edge router know it, and nobody else. */
export const CLOUDFRONT_PROOF: SecretRef = { secret: "edge-proof-aws" };

/** What each kind of asset is called by its files; a kind in other words is left to the common ones. */
const EXTENSIONS: readonly (readonly [kind: RegExp, extensions: readonly string[]])[] = [
  [/javascript|script/i, ["js", "mjs"]],
  [/css|style/i, ["css"]],
  [/image/i, ["avif", "gif", "ico", "jpg", "jpeg", "png", "svg", "webp"]],
  [/font/i, ["otf", "ttf", "woff", "woff2"]],
];

/** Uploads are named by whoever uploaded them: they have a path instead of an extension. */
function extensionsOf(assets: readonly string[]): readonly string[] {
  const named = EXTENSIONS.filter(([kind]) => assets.some((asset) => kind.test(asset)));
  return (named.length === 0 ? EXTENSIONS : named).flatMap(([, extensions]) => extensions);
}

/** Content delivery of a platform, whoever delivers it. */
export function cdnSpec(cdn: Cdn, hostname: string): CdnSpec {
  const { assets, compression, http, imageOptimization, origin = hostname, token, ttl } = cdn;
  const caching = {
    name: "cdn",
    hostname,
    origin,
    extensions: extensionsOf(assets),
    apiPaths: ["/api/"],
    ttl,
    compression: [...compression].sort(),
    http: [...http].sort(),
    imageOptimization,
  };
  switch (cdn.engine) {
    case "cloudflare":
      return { kind: "cdn/cloudflare", ...caching };
    case "cloudfront":
      return { kind: "cdn/cloudfront", ...caching, proof: CLOUDFRONT_PROOF };
    case "fastly":
    case "custom": {
      const plugin = cdn.engine === "custom" ? cdn.plugin : "fastly";
      return { kind: "cdn/plugged", ...caching, plugin, ...(token === undefined ? {} : { token }) };
    }
  }
}
