/**
 * A platform to its stacks: one a region, the global ones, and the shards of its workspaces.
 *
 * A platform with a service that nothing builds yet has no stacks at all: half of it would be a lie.
 */
import { buildTopology, type Locate } from "../build-topology";
import { fingerprint } from "../canonical";
import { groupFleet, type PlatformFleet } from "../fleet";
import { shardName } from "../../manifest/shards";
import { NETWORK_STACK } from "../specs/aws/outputs";
import type { ComponentSpec } from "../specs/component-spec";
import { type Ordered, stackWaves } from "../stack-order";
import type { StackKind, StackProvider, StackSpec } from "../stack-spec";
import type { Topology } from "../topology";
import type { ResolvedManifest, WorkspaceManifest } from "../../manifest/schema/manifest";
import { awsCluster, awsNetwork, awsRegion, awsRegionAfter, awsWorkspaces, clusterStack } from "./aws";
import { azureData, azureRegion } from "./azure";
import { azureGlobal } from "./azure-global";
import { accountSpec, dnsSpec, loadBalancerSpec, r2Spec } from "./cloudflare";
import { edgeGlobal } from "./edge";
import { clusterSpec, kubernetesRegion } from "./kubernetes";
import { isWriter, cellOf, type PlanInput, planInput, type PlannedRegion, writerOf } from "./plan-input";
import { unbuiltServices } from "./unbuilt";
import { route53Global } from "./route53";
import { routingSpec, shardParts } from "./workspaces";

export interface PlatformPlan {
  readonly platform: string;
  readonly topology: Topology;
  /** In an order that respects `after`. */
  readonly stacks: readonly StackSpec[];
  /** Services without components, for which the platform has no stacks yet. */
  readonly unbuilt: readonly string[];
}

interface Draft extends Ordered {
  readonly kind: StackKind;
  readonly region?: string;
  readonly provider: StackProvider;
  readonly components: readonly ComponentSpec[];
}

function providerOf({ manifest }: PlannedRegion): StackProvider {
  return manifest.spec.provider === "azure"
    ? "azure-native"
    : manifest.spec.provider === "aws"
      ? "aws"
      : "kubernetes";
}

/**
 * A region that follows another is applied after it: its replicas start from what the writer holds, and
 * find it by name. Writers side by side find each other by name too.
 */
function afterOf(input: PlanInput, { name }: PlannedRegion): readonly string[] {
  const cell = cellOf(input, name);
  const writer = writerOf(cell);
  const names = foundationStack(input).map(({ stack }) => stack);
  if (!isWriter(cell, name)) return writer === "" ? names : [writer, ...names];
  return writer === name ? [] : [writer, ...names];
}

function regionDraft(input: PlanInput, region: PlannedRegion): Draft {
  const provider = providerOf(region);
  const draft = { stack: region.name, kind: "region", region: region.name, provider } as const;
  switch (provider) {
    case "azure-native":
      return {
        ...draft,
        after: dataStack(input).map(({ stack }) => stack),
        components: azureRegion(input, region),
      };
    case "aws":
      return { ...draft, after: awsRegionAfter(input, region), components: awsRegion(input, region) };
    default:
      return { ...draft, after: afterOf(input, region), components: kubernetesRegion(input, region) };
  }
}

/** A peering has two ends, so the networks of all regions on AWS are one stack. */
function networkDraft(input: PlanInput): readonly Draft[] {
  const components = awsNetwork(input);
  return components.length === 0
    ? []
    : [{ stack: NETWORK_STACK, kind: "global", provider: "aws", after: [], components }];
}

/** What runs inside a cluster that the region's own stack makes. */
function clusterDraft(input: PlanInput, region: PlannedRegion): readonly Draft[] {
  const components = awsCluster(input, region);
  if (components.length === 0) return [];
  const stack = clusterStack(region.name);
  const after = [region.name];
  return [{ stack, kind: "region", region: region.name, provider: "kubernetes", after, components }];
}

/** Azure apps are given rights on the account that all regions share, so it is there before them. */
function dataStack(input: PlanInput): readonly Draft[] {
  const components = azureData(input);
  return components.length === 0
    ? []
    : [{ stack: "data", kind: "global", provider: "azure-native", after: [], components }];
}

/** What regions find when they start: names in the DNS, and the bucket of their backups. */
function foundationStack(input: PlanInput): readonly Draft[] {
  const { services, traffic } = input.fleet.platform.spec;
  if (traffic?.engine !== "cloudflare-load-balancer") return [];
  const dns = dnsSpec(input, traffic);
  const components = [
    ...(services.objectStore?.engine === "r2"
      ? [r2Spec(services.objectStore, services.postgres?.engine === "cnpg")]
      : []),
    ...(dns === undefined ? [] : [dns]),
  ];
  if (components.length === 0) return [];
  return [
    {
      stack: "foundation",
      kind: "global",
      provider: "cloudflare",
      after: [],
      components: [accountSpec(traffic), ...components],
    },
  ];
}

/** Traffic comes last: it sends users to regions that are there. */
function globalDraft(input: PlanInput): readonly Draft[] {
  const after = input.regions.map(({ name }) => name).sort();
  const { traffic } = input.fleet.platform.spec;
  if (traffic?.engine === "cloudflare-load-balancer") {
    const components = [accountSpec(traffic), loadBalancerSpec(input, traffic)];
    return [{ stack: "global", kind: "global", provider: "cloudflare", after, components }];
  }
  if (traffic?.engine === "router") {
    const components = edgeGlobal(input, traffic);
    return [{ stack: "global", kind: "global", provider: "cloudflare", after, components }];
  }
  const names = route53Global(input);
  if (names.length > 0)
    return [{ stack: "global", kind: "global", provider: "aws", after, components: names }];
  const components = azureGlobal(input);
  return components.length === 0
    ? []
    : [{ stack: "global", kind: "global", provider: "azure-native", after, components }];
}

function workspaceDrafts(input: PlanInput): readonly Draft[] {
  const { platform, workspaces } = input.fleet;
  const shards = new Map<string, WorkspaceManifest[]>();
  for (const workspace of workspaces) {
    const shard = shardName(
      workspace.spec.homeRegion,
      workspace.metadata.name,
      platform.spec.workspaces.shards,
    );
    const members = shards.get(shard);
    if (members === undefined) shards.set(shard, [workspace]);
    else members.push(workspace);
  }
  return [...shards].flatMap(([stack, members]): readonly Draft[] => {
    const home = input.regions.find(({ name }) => name === members[0]?.spec.homeRegion);
    if (home === undefined || providerOf(home) === "azure-native") return [];
    if (providerOf(home) === "aws") {
      const { components, after } = awsWorkspaces(input, members);
      const draft = { stack, kind: "workspaces", region: home.name, provider: "aws" } as const;
      return components.length === 0 ? [] : [{ ...draft, after, components }];
    }
    return shardParts(input, stack, home.name, members).flatMap((part) =>
      clusterDrafts(input, part.region, part.stack, part.components),
    );
  });
}

/** A stack for workspaces in one region's cluster, applied after the region's own. */
function clusterDrafts(
  input: PlanInput,
  region: string,
  stack: string,
  components: readonly ComponentSpec[],
): readonly Draft[] {
  return input.regions
    .filter(({ name }) => name === region)
    .map((planned) => ({
      stack,
      kind: "workspaces",
      region,
      provider: providerOf(planned),
      after: [region],
      components: [clusterSpec(input, planned), ...components],
    }));
}

/** The routing table has a stack of its own in each region: a new workspace leaves the region's as it is. */
function routingDrafts(input: PlanInput): readonly Draft[] {
  const table = routingSpec(input);
  if (table === undefined) return [];
  return input.regions.flatMap(({ name }) => clusterDrafts(input, name, `routing-${name}`, [table]));
}

function finish(platform: string, draft: Draft): StackSpec {
  const spec = { platform, ...draft };
  return { ...spec, hash: fingerprint(spec) };
}

/** Stacks of one platform; nothing but its own manifests and the catalog decides them. */
export function planPlatform(fleet: PlatformFleet, locate: Locate): PlatformPlan {
  const { name } = fleet.platform.metadata;
  const topology = buildTopology(fleet, locate);
  const unbuilt = unbuiltServices(fleet.platform);
  if (unbuilt.length > 0) return { platform: name, topology, stacks: [], unbuilt };
  const input = planInput(fleet, topology);
  const drafts = [
    ...networkDraft(input),
    ...input.regions.flatMap((region) => [regionDraft(input, region), ...clusterDraft(input, region)]),
    ...dataStack(input),
    ...foundationStack(input),
    ...globalDraft(input),
    ...workspaceDrafts(input),
    ...routingDrafts(input),
  ];
  return {
    platform: name,
    topology,
    stacks: stackWaves(drafts)
      .flat()
      .map((draft) => finish(name, draft)),
    unbuilt,
  };
}

/** Every platform of a repository, by name. */
export const planFleet = (manifests: readonly ResolvedManifest[], locate: Locate): readonly PlatformPlan[] =>
  groupFleet(manifests).platforms.map((fleet) => planPlatform(fleet, locate));
