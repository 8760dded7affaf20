import { sayDuration } from "../../manifest/rules/say-duration";
import type { AzureCacheFacts, CosmosFacts } from "./facts";
import { LOOK, NO_STEPS, type Loss, type ServiceSteps, type Step } from "./step";

const locationOf = ({ locations }: CosmosFacts, region: string): string => locations[region] ?? region;

const show = ({ account, group }: CosmosFacts, query: string): string =>
  `az cosmosdb show --name ${account} --resource-group ${group} --query "${query}" --output table`;

const offlineCommand = (service: CosmosFacts, lost: string): string =>
  `az cosmosdb offline-region --name ${service.account} --resource-group ${service.group} --region ${locationOf(service, lost).replaceAll(" ", "")}`;

/** Losing a region of a Cosmos DB account. */
export function cosmosSteps(service: CosmosFacts, loss: Loss): ServiceSteps {
  const looking = writeRegions(service, loss);
  const tail = conflicts(service, loss);
  if (service.multiRegionWrites) return { ...NO_STEPS, promote: [looking], protect: [tail] };
  return {
    ...NO_STEPS,
    promote: service.automaticFailover ? [looking] : [offline(service, loss), looking],
    protect: [tail],
  };
}

function writeRegions(service: CosmosFacts, { heir, lost, topology }: Loss): Step {
  const rto = topology.objectives.find(({ fault }) => fault === "region")?.rto;
  const patience =
    rto === undefined ? "when that is too long" : `when that would miss the objective of ${sayDuration(rto)}`;
  const moves = service.multiRegionWrites
    ? `Every region takes writes, so there is nothing to promote: ${locationOf(service, heir)} is listed, and SDKs that cannot reach ${locationOf(service, lost)} use it already.`
    : `${locationOf(service, heir)} is the write region. Azure moves it on its own, and may take an hour or more: ${patience}, take ${locationOf(service, lost)} offline by hand: \`${offlineCommand(service, lost)}\`.`;
  return {
    title: `See where Cosmos DB takes writes`,
    before: "`az login` works and the subscription is set.",
    commands: [show(service, "writeLocations[].{region:locationName,state:provisioningState}")],
    expect: `${moves} Do not use \`az cosmosdb failover-priority-change\` now: it needs both regions.`,
    way: LOOK,
  };
}

const offline = (service: CosmosFacts, { lost, heir }: Loss): Step => ({
  title: `Take ${locationOf(service, lost)} of Cosmos DB offline`,
  before:
    "The region is lost, not slow, and whoever decides accepts the loss of what had not been replicated.",
  commands: [offlineCommand(service, lost)],
  expect: `${locationOf(service, heir)} becomes the write region; ask with the next step until it is.`,
  way: {
    kind: "point-of-no-return",
    because: `Only Microsoft can bring the region back online, and writes that had not left it may be gone.`,
  },
});

const conflicts = (service: CosmosFacts, { lost }: Loss): Step => ({
  title: `Look for writes that only ${locationOf(service, lost)} had`,
  before: `${locationOf(service, lost)} is back.`,
  commands: [
    `az monitor metrics list --resource $(az cosmosdb show --name ${service.account} --resource-group ${service.group} --query id --output tsv) --metric ReplicationLatency --interval PT1M --output table`,
  ],
  expect:
    service.conflict === "custom"
      ? "Latency falls back below a second. Late writes that collided wait in each container's conflicts feed: an application must read and settle them."
      : "Latency falls back below a second. Late writes arrive now; of two writes to one item the one with the higher `_ts` wins, and the other is gone without a trace.",
  way: LOOK,
});

/** Losing a region's cache. */
export function azureCacheSteps(service: AzureCacheFacts, loss: Loss): ServiceSteps {
  const [mine, theirs] = [service.caches[loss.lost], service.caches[loss.heir]];
  if (!service.linked || mine === undefined || theirs === undefined) {
    return { ...NO_STEPS, verify: [coldCache(service, loss)] };
  }
  return {
    ...NO_STEPS,
    promote: [
      {
        title: `Cut the link between the caches, so that ${loss.heir}'s takes writes`,
        before: `${loss.heir}'s cache is read-only while it is linked. Nothing fails over on its own.`,
        commands: [
          `az redis server-link delete --resource-group ${mine.group} --name ${mine.cache} --linked-server-name ${theirs.cache}`,
          `az redis server-link list --resource-group ${theirs.group} --name ${theirs.cache} --output table`,
        ],
        expect: `An empty list. Set \`services.redis.geoReplication: false\` in the manifest, or the next apply links them again and empties ${loss.heir}'s cache.`,
        way: {
          kind: "point-of-no-return",
          because: `Linking again empties the cache that becomes the secondary.`,
        },
      },
    ],
  };
}

const coldCache = ({ caches }: AzureCacheFacts, { heir }: Loss): Step => ({
  title: `Expect a cold cache in ${heir}`,
  before: "Caches are not linked: each region has its own.",
  commands: [
    `az redis show --resource-group ${caches[heir]?.group ?? ""} --name ${caches[heir]?.cache ?? ""} --query "{state:provisioningState,port:sslPort}" --output table`,
  ],
  expect:
    "`Succeeded`. What the other cache held is gone: sessions kept only there end, and the database sees more reads until the cache has filled.",
  way: LOOK,
});
