/**
 * Cloudflare's cache by the document's rules. Of several rules that match, the last one counts: pages, then
 * assets, then what is never cached.
 *
 * A page is cached only for somebody who is nobody: with a cookie, a login or a workspace it is personal,
 * and a cache in every country would take it out of its jurisdictions.
 */
import { Ruleset } from "@pulumi/cloudflare/ruleset";
import { ZoneSetting } from "@pulumi/cloudflare/zoneSetting";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { CloudflareCdnSpec } from "../../automation/fleet/specs/cdn";
import type { CloudflareSetting } from "../cloudflare/account";

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(" ");

/** Headers that make an answer somebody's. */
const PERSONAL = ["authorization", "cookie", "meridian-workspace"];
const IS_PERSONAL = `(${PERSONAL.map((name) => `any(http.request.headers.names[*] == "${name}")`).join(" or ")})`;

const isAsset = ({ extensions }: CloudflareCdnSpec): string =>
  `(http.request.uri.path.extension in {${quoted(extensions)}})`;

const isApi = ({ apiPaths }: CloudflareCdnSpec): string =>
  `(${apiPaths.map((path) => `starts_with(http.request.uri.path, "${path}")`).join(" or ")})`;

interface Cached {
  readonly ref: string;
  readonly description: string;
  readonly expression: string;
  readonly seconds: number;
}

const cached = ({ seconds, ...rule }: Cached) => ({
  ...rule,
  action: "set_cache_settings",
  enabled: true,
  actionParameters:
    seconds === 0
      ? { cache: false }
      : {
          cache: true,
          edgeTtl: { mode: "override_origin", default: seconds },
          browserTtl: { mode: "override_origin", default: seconds },
        },
});

const cacheRules = (spec: CloudflareCdnSpec) => [
  cached({
    ref: "dynamic",
    description: "Pages of nobody in particular",
    expression: `(http.request.method in {"GET" "HEAD"} and not ${IS_PERSONAL})`,
    seconds: spec.ttl.dynamic,
  }),
  cached({
    ref: "static",
    description: "Static assets",
    expression: isAsset(spec),
    seconds: spec.ttl.static,
  }),
  cached({ ref: "api", description: "API answers", expression: isApi(spec), seconds: spec.ttl.api }),
];

/** Settings of the zone, by the API's names. */
const zoneSettings = ({
  compression,
  http,
  imageOptimization,
}: CloudflareCdnSpec): readonly (readonly [string, string])[] => [
  ["brotli", compression.includes("brotli") ? "on" : "off"],
  ["http2", http.includes("2") ? "on" : "off"],
  ["http3", http.includes("3") ? "on" : "off"],
  // The edge router believes cf-ipcountry because Cloudflare writes it.
  ["ip_geolocation", "on"],
  ["polish", imageOptimization ? "lossless" : "off"],
  ["webp", imageOptimization ? "on" : "off"],
];

export class CloudflareCdn extends ComponentResource {
  constructor(
    spec: CloudflareCdnSpec,
    { platform, zoneId }: CloudflareSetting,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:cdn:Cloudflare", spec.name, {}, opts);
    const shared = { zoneId, kind: "zone", description: `${platform}, by meridian` };
    new Ruleset(
      `${spec.name}-cache`,
      { ...shared, name: "cache", phase: "http_request_cache_settings", rules: cacheRules(spec) },
      { parent: this },
    );
    const compression = {
      ref: "compression",
      action: "compress_response",
      description: "Whatever is worth compressing",
      expression: "true",
      enabled: true,
      // In order of preference; the client's own wins.
      actionParameters: { algorithms: [...spec.compression, "auto"].map((name) => ({ name })) },
    };
    new Ruleset(
      `${spec.name}-compression`,
      { ...shared, name: "compression", phase: "http_response_compression", rules: [compression] },
      { parent: this },
    );
    for (const [settingId, value] of zoneSettings(spec)) {
      new ZoneSetting(`${spec.name}-${settingId}`, { zoneId, settingId, value }, { parent: this });
    }
    this.registerOutputs({ hostname: spec.hostname });
  }
}
