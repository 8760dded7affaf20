import type {
  ExemptionManifest,
  PlatformManifest,
  PriceBookManifest,
  RegionManifest,
  ResolvedManifest,
  WorkspaceManifest,
} from "../manifest/schema/manifest";

/** One platform with everything that belongs to it, in an order that no file name decides. */
export interface PlatformFleet {
  readonly platform: PlatformManifest;
  /** In the platform's own order of preference; only regions that have a manifest. */
  readonly regions: readonly RegionManifest[];
  /** By name. */
  readonly workspaces: readonly WorkspaceManifest[];
  /** By name. */
  readonly exemptions: readonly ExemptionManifest[];
}

export interface Fleet {
  /** By name. */
  readonly platforms: readonly PlatformFleet[];
  readonly priceBooks: readonly PriceBookManifest[];
}

interface Named {
  readonly metadata: { readonly name: string };
}

const byName = (a: Named, b: Named): number => (a.metadata.name < b.metadata.name ? -1 : 1);

function byPlatform<T extends { readonly metadata: { readonly platform: string } }>(all: readonly T[]) {
  const groups = new Map<string, T[]>();
  for (const item of all) {
    const group = groups.get(item.metadata.platform);
    if (group === undefined) groups.set(item.metadata.platform, [item]);
    else group.push(item);
  }
  return groups;
}

const ofKind = <K extends ResolvedManifest["kind"]>(all: readonly ResolvedManifest[], kind: K) =>
  all.filter((one): one is Extract<ResolvedManifest, { kind: K }> => one.kind === kind);

/** Manifests of any order to platforms. What belongs to no platform is left out: a rule has named it. */
export function groupFleet(manifests: readonly ResolvedManifest[]): Fleet {
  const regions = byPlatform(ofKind(manifests, "Region"));
  const workspaces = byPlatform(ofKind(manifests, "Workspace"));
  const exemptions = byPlatform(ofKind(manifests, "Exemption"));
  const platforms = ofKind(manifests, "Platform").map((platform): PlatformFleet => {
    const { name } = platform.metadata;
    const own = new Map((regions.get(name) ?? []).map((region) => [region.metadata.name, region]));
    return {
      platform,
      regions: platform.spec.regions.flatMap((region) => own.get(region) ?? []),
      workspaces: [...(workspaces.get(name) ?? [])].sort(byName),
      exemptions: [...(exemptions.get(name) ?? [])].sort(byName),
    };
  });
  return {
    platforms: platforms.sort((a, b) => byName(a.platform, b.platform)),
    priceBooks: ofKind(manifests, "PriceBook"),
  };
}
