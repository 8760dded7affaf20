/** Every rule over more than one field: names, references, networks, services, time. */
import type {
  PlatformManifest,
  RegionManifest,
  ResolvedManifest,
  WorkspaceManifest,
} from "../schema/manifest";
import { duplicateNames, unknownPlatforms } from "./names";
import { networkRule } from "./networks";
import type { Loaded, PlatformScope, Problem, RuleCatalog, ScopeRule } from "./problem";
import { knownPlaces } from "./places";
import { unknownChannels, unknownRegions } from "./references";
import { regionRules } from "./regions";
import { serviceRules } from "./services";
import { objectiveFloor, timingLaws } from "./timing";
import { idleRegionRule } from "./idle-regions";
import { shardRule, withoutResources, workspaceRule } from "./workspaces";

const SCOPE_RULES: readonly ScopeRule[] = [
  ...regionRules,
  unknownRegions,
  unknownChannels,
  knownPlaces,
  networkRule,
  workspaceRule,
  idleRegionRule,
  withoutResources,
  shardRule,
  ...serviceRules,
  timingLaws,
  objectiveFloor,
];

const isPlatform = (one: Loaded): one is Loaded<PlatformManifest> => one.manifest.kind === "Platform";
const isRegion = (one: Loaded): one is Loaded<RegionManifest> => one.manifest.kind === "Region";
const isWorkspace = (one: Loaded): one is Loaded<WorkspaceManifest> => one.manifest.kind === "Workspace";

function groupByPlatform<M extends ResolvedManifest & { readonly metadata: { readonly platform: string } }>(
  all: readonly Loaded<M>[],
): ReadonlyMap<string, readonly Loaded<M>[]> {
  const groups = new Map<string, Loaded<M>[]>();
  for (const one of all) {
    const { platform } = one.manifest.metadata;
    const group = groups.get(platform);
    if (group === undefined) groups.set(platform, [one]);
    else group.push(one);
  }
  return groups;
}

/** A second manifest of the same name is one mistake (MRD2101): checked too, it would only echo the first. */
function firstOfEachName<M extends ResolvedManifest>(all: readonly Loaded<M>[]): readonly Loaded<M>[] {
  const names = new Set<string>();
  return all.filter(({ manifest: { metadata } }) => {
    const isFirst = !names.has(metadata.name);
    names.add(metadata.name);
    return isFirst;
  });
}

function scopesOf(all: readonly Loaded[]): readonly PlatformScope[] {
  const regions = groupByPlatform(all.filter(isRegion));
  const workspaces = groupByPlatform(all.filter(isWorkspace));
  return firstOfEachName(all.filter(isPlatform)).map((platform) => ({
    platform,
    regions: firstOfEachName(regions.get(platform.manifest.metadata.name) ?? []),
    workspaces: firstOfEachName(workspaces.get(platform.manifest.metadata.name) ?? []),
  }));
}

/** Every problem of every rule; each at its file and path. */
export function checkFleet(all: readonly Loaded[], catalog: RuleCatalog): readonly Problem[] {
  return [
    ...duplicateNames(all),
    ...unknownPlatforms(all),
    ...scopesOf(all).flatMap((scope) => SCOPE_RULES.flatMap((rule) => rule(scope, catalog))),
  ];
}
