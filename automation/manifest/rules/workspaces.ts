import type { PlatformManifest, WorkspaceManifest } from "../schema/manifest";
import { MAXIMUM_PER_SHARD, shardName } from "../shards";
import { didYouMean, useOneOf } from "./did-you-mean";
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { Loaded, Problem, ScopeRule } from "./problem";

function unknown(
  { origin, manifest }: Loaded<WorkspaceManifest>,
  platform: PlatformManifest,
  written: string,
  path: ManifestPath,
  what: string,
): readonly Problem[] {
  const { regions } = platform.spec;
  if (regions.includes(written)) return [];
  const owner = `workspace "${manifest.metadata.name}"`;
  return [
    {
      code: what === "home" ? "MRD2104" : "MRD2105",
      severity: "error",
      message: `${owner} names a ${what} region that is not part of platform "${platform.metadata.name}"`,
      ...didYouMean(written, regions),
      fix: useOneOf(regions) ?? "list a region in the platform",
      origin,
      path,
    },
  ];
}

function regionsOfWorkspace(
  loaded: Loaded<WorkspaceManifest>,
  platform: PlatformManifest,
): readonly Problem[] {
  const { homeRegion, replicaRegions, preferredRegion } = loaded.manifest.spec;
  return [
    ...unknown(loaded, platform, homeRegion, ["spec", "homeRegion"], "home"),
    ...replicaRegions.flatMap((region, index): readonly Problem[] => {
      const path = ["spec", "replicaRegions", index];
      if (region !== homeRegion) return unknown(loaded, platform, region, path, "replica");
      return [
        {
          code: "MRD2106",
          severity: "error",
          message: `workspace "${loaded.manifest.metadata.name}" has its home region "${region}" among its replicas`,
          fix: "a replica must be somewhere else: delete it, or name another region",
          origin: loaded.origin,
          path,
        },
      ];
    }),
    ...(preferredRegion === undefined
      ? []
      : unknown(loaded, platform, preferredRegion, ["spec", "preferredRegion"], "preferred")),
  ];
}

/** Every region that a workspace names is one of its platform's, and its replicas are elsewhere. */
export const workspaceRule: ScopeRule = ({ platform, workspaces }) =>
  workspaces.flatMap((workspace) => regionsOfWorkspace(workspace, platform.manifest));

/** Where the provider has nothing yet that a workspace could be made of. */
export const withoutResources: ScopeRule = ({ regions, workspaces }) => {
  const providers = new Map(regions.map(({ manifest }) => [manifest.metadata.name, manifest.spec.provider]));
  return workspaces
    .filter(({ manifest }) => providers.get(manifest.spec.homeRegion) === "azure")
    .map(({ origin, manifest }) => ({
      code: "MRD2128",
      severity: "warning",
      message: `workspace "${manifest.metadata.name}" gets no resources: region "${manifest.spec.homeRegion}" is on azure, where this version makes none for workspaces`,
      fix: "keep it as the record of where its data is, or give it a home in a Kubernetes region",
      origin,
      path: ["spec", "homeRegion"],
    }));
};

/** More workspaces in one stack than it can carry. */
export const shardRule: ScopeRule = ({ platform: { origin, manifest }, workspaces }) => {
  const { shards } = manifest.spec.workspaces;
  const sizes = new Map<string, number>();
  for (const { manifest: workspace } of workspaces) {
    const shard = shardName(workspace.spec.homeRegion, workspace.metadata.name, shards);
    sizes.set(shard, (sizes.get(shard) ?? 0) + 1);
  }
  const [fullest] = [...sizes].sort(([, a], [, b]) => b - a);
  if (fullest === undefined || fullest[1] <= MAXIMUM_PER_SHARD) return [];
  const [shard, size] = fullest;
  return [
    {
      code: "MRD2126",
      severity: "error",
      message: `stack ${shard} would hold ${size} workspaces, more than ${MAXIMUM_PER_SHARD}`,
      fix: `set spec.workspaces.shards to ${Math.ceil((shards * size * 1.25) / MAXIMUM_PER_SHARD)} (it is ${shards}); workspaces that change shard are moved once`,
      origin,
      path: ["spec", "workspaces", "shards"],
    },
  ];
};
