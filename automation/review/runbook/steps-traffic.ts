import { sayDuration } from "../../manifest/rules/say-duration";
import type { TrafficFacts } from "./facts";
import { LOOK, type Loss, type Step } from "./step";

type TrafficManager = Extract<TrafficFacts, { kind: "traffic-manager" }>;
type Cloudflare = Extract<TrafficFacts, { kind: "cloudflare-load-balancer" }>;

/** Sending users away from a region. */
export function rerouteSteps(traffic: TrafficFacts | undefined, loss: Loss): readonly Step[] {
  switch (traffic?.kind) {
    case undefined:
      return [byHand("The manifest names no traffic service.", loss)];
    case "traffic-manager":
      return trafficManager(traffic, loss, "Disabled");
    case "cloudflare-load-balancer":
      return cloudflare(traffic, loss, false);
    case "other":
      return [byHand(`This runbook has no commands for \`${traffic.engine}\`.`, loss)];
  }
}

/** What the step that sends users away is called. */
export const rerouteTitle = (traffic: TrafficFacts | undefined, loss: Loss): string =>
  rerouteSteps(traffic, loss).map(({ title }) => title)[0] ?? "Send users away";

/** Letting users return to it. */
export function returnSteps(traffic: TrafficFacts | undefined, loss: Loss): readonly Step[] {
  switch (traffic?.kind) {
    case "traffic-manager":
      return trafficManager(traffic, loss, "Enabled");
    case "cloudflare-load-balancer":
      return cloudflare(traffic, loss, true);
    case undefined:
    case "other":
      return [];
  }
}

const byHand = (why: string, { lost, heir }: Loss): Step => ({
  title: `Send users from ${lost} to ${heir}`,
  before: why,
  commands: [],
  expect: `No request reaches ${lost}, and ${heir} answers them.`,
  way: { kind: "reversible", undo: "The same change the other way round." },
});

function trafficManager(
  traffic: TrafficManager,
  loss: Loss,
  status: "Enabled" | "Disabled",
): readonly Step[] {
  const { lost, heir } = loss;
  const away = status === "Disabled";
  const set = (profile: string, to: string): string =>
    `az network traffic-manager endpoint update --type azureEndpoints --resource-group ${traffic.group} --profile-name ${profile} --name ${lost} --endpoint-status ${to}`;
  const hosts = traffic.profiles.map(({ host }) => `dig +short ${host}`);
  return [
    {
      title: away ? `Take ${lost} out of Traffic Manager` : `Put ${lost} back into Traffic Manager`,
      before: away
        ? `Traffic Manager has probably done it already: an endpoint that is down gets no users. This keeps ${lost} out while it comes and goes.`
        : `${lost} answers its health check, its data is up to date, and it is quiet enough to watch.`,
      commands: [...traffic.profiles.map(({ profile }) => set(profile, status)), ...hosts],
      expect: `Each name leads to an address of ${away ? heir : traffic.routing === "priority" ? lost : "the nearest region"}. Resolvers keep the old answer up to ${sayDuration(traffic.ttl)}; some clients keep it longer.${away ? ` An apply that changes the profile enables ${lost} again: apply nothing more until ${lost} is well.` : ""}`,
      way: {
        kind: "reversible",
        undo: traffic.profiles
          .map(({ profile }) => `\`${set(profile, away ? "Enabled" : "Disabled")}\``)
          .join(" and "),
      },
    },
  ];
}

function cloudflare(traffic: Cloudflare, loss: Loss, enabled: boolean): readonly Step[] {
  const { lost, heir } = loss;
  const pool = traffic.pools[lost] ?? `${lost}-pool`;
  const api = "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools";
  const auth = `--header "Authorization: Bearer $CLOUDFLARE_API_TOKEN"`;
  const patch = (value: boolean): string =>
    `curl --silent --request PATCH ${auth} --header "Content-Type: application/json" --data '{"enabled":${value}}' "${api}/$POOL_ID"`;
  return [
    {
      title: enabled ? `Enable ${pool}` : `Disable ${pool}`,
      before: enabled
        ? `${lost} answers its health check, its data is up to date, and it is quiet enough to watch.`
        : `Cloudflare has probably stopped using it already. This keeps ${lost} out while it comes and goes: a region that returns with old data must not take a write.`,
      commands: [
        `POOL_ID=$(curl --silent ${auth} "${api}" | jq --raw-output '.result[] | select(.name == "${pool}") | .id')`,
        patch(enabled),
        `curl --silent --head https://${traffic.hostname}${traffic.path}`,
      ],
      expect: enabled
        ? `\`"success": true\`, then \`200\`. Watch errors for ${sayDuration(loss.facts.failover.failback.wait)}.`
        : `\`"success": true\`, then \`200\` from ${heir}. The record is proxied: users follow within seconds, no DNS answer has to expire. An apply that changes the pool enables it again: apply nothing more until ${lost} is well.`,
      way: { kind: "reversible", undo: `\`${patch(!enabled)}\`` },
    },
  ];
}

/** Every user-facing address, asked from outside. */
export function askEveryRegion({ facts }: Loss): Step {
  const asked = facts.regions.flatMap(({ health }) => health);
  return {
    title: "Find out what is lost",
    before:
      "None. Run it from two networks that are not in any of the regions: one may be the thing that is broken.",
    commands: asked.map(
      (url) =>
        `curl --silent --show-error --max-time ${facts.failover.detection.timeout} --output /dev/null --write-out '%{http_code}  ${url}\\n' ${url}`,
    ),
    expect: `${
      asked.length === 0
        ? "The manifests name no address of a single region (`endpoints.api`): ask each region's applications the way you reach them. "
        : ""
    }Every region but one says \`200\`. If all fail, the fault is in DNS, the edge or a release: a failover would not help, so do not start one.`,
    way: LOOK,
  };
}
