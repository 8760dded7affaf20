import type { CloudflareAccountSpec, CloudflareComponentSpec } from "../specs/cloudflare";
import type { EdgeRouterSpec } from "../specs/cloudflare/edge";
import type { CdnSpec } from "../specs/cdn";
import { CLOUDFRONT_PROOF, cdnSpec } from "./cdn";
import type { PlanInput } from "./plan-input";
import { type RouterTraffic, routingShards, routingTable } from "./routing-table";

/** The account the router's Worker, KV and zone are in. */
export const edgeAccount = ({ zone }: RouterTraffic): CloudflareAccountSpec => ({
  kind: "cloudflare/account",
  name: "cloudflare",
  apiToken: { secret: "cloudflare-api-token" },
  accountId: { secret: "cloudflare-account-id" },
  zoneId: { secret: "cloudflare-zone-id" },
  zone,
});

/** When every workspace's data stays in the EU, so does what is said of it. */
const staysInEu = ({ fleet }: PlanInput): boolean =>
  fleet.workspaces.length > 0 &&
  fleet.workspaces.every(({ spec: { residency } }) =>
    (residency.jurisdictions.length > 0 ? residency : fleet.platform.spec.residency).jurisdictions.includes(
      "EU",
    ),
  );

/** The router of a platform whose traffic is `router`. A platform in front of it is believed by its secret. */
export function edgeSpec(input: PlanInput, traffic: RouterTraffic): EdgeRouterSpec {
  const { cdn } = input.fleet.platform.spec.services;
  return {
    kind: "edge/router",
    name: "router",
    script: `${input.topology.platform}-router`,
    hostname: traffic.hostname,
    ...(staysInEu(input) ? { jurisdiction: "eu" as const } : {}),
    table: routingTable(input, traffic),
    shards: routingShards(input),
    proofs: cdn?.engine === "cloudfront" ? [{ platform: "aws", secret: CLOUDFRONT_PROOF }] : [],
  };
}

/** What the stack of the router delivers besides: CloudFront is in a stack of AWS. */
function deliverySpec(input: PlanInput, { hostname }: RouterTraffic) {
  const { cdn } = input.fleet.platform.spec.services;
  const spec: CdnSpec | undefined = cdn === undefined ? undefined : cdnSpec(cdn, hostname);
  return spec === undefined || spec.kind === "cdn/cloudfront" ? [] : [spec];
}

/** All of a router platform's global stack on Cloudflare. */
export const edgeGlobal = (input: PlanInput, traffic: RouterTraffic): readonly CloudflareComponentSpec[] => [
  edgeAccount(traffic),
  edgeSpec(input, traffic),
  ...deliverySpec(input, traffic),
];
