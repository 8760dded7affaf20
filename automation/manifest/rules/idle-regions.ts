/** Workspaces in regions that the platform has, but does not use in its present phase. */
import type { PlatformManifest, RegionManifest, WorkspaceManifest } from "../schema/manifest";
import { useOneOf } from "./did-you-mean";
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { Loaded, Problem, ScopeRule } from "./problem";

type PlatformSpec = PlatformManifest["spec"];

/** Regions that some cell writes in, stands by in or reads from: the others are idle. */
export function regionsInUse({ cells, topology, primary, regions }: PlatformSpec): ReadonlySet<string> {
  if (cells !== undefined) {
    return new Set(
      cells.flatMap(({ writers, standbys, readers }) => [
        ...writers.map(({ region }) => region),
        ...standbys,
        ...readers,
      ]),
    );
  }
  return new Set(topology === "single" ? [primary?.region ?? regions[0] ?? ""] : regions);
}

interface Idleness {
  /** Goes on after `region "finland", which`. */
  readonly because: string;
  /** What would bring the region into use. */
  readonly remedy: string;
}

function idlenessOf(
  name: string,
  { origin, manifest: { spec } }: Loaded<PlatformManifest>,
  region: Loaded<RegionManifest> | undefined,
): Idleness | undefined {
  if (!regionsInUse(spec).has(name)) {
    return spec.cells === undefined
      ? {
          because: `topology "${spec.topology}" does not use`,
          remedy: `choose another topology in ${origin.file}`,
        }
      : { because: "no cell uses", remedy: `give it to a cell in ${origin.file}` };
  }
  if (region?.manifest.spec.availability !== "planned") return undefined;
  return { because: "is only planned", remedy: `set availability: active in ${region.origin.file}` };
}

interface Mention {
  readonly role: "home" | "replica" | "preferred";
  readonly name: string;
  readonly path: ManifestPath;
}

const mentionsOf = ({ spec }: WorkspaceManifest): readonly Mention[] => [
  { role: "home", name: spec.homeRegion, path: ["spec", "homeRegion"] },
  ...spec.replicaRegions.map((name, index) => ({
    role: "replica" as const,
    name,
    path: ["spec", "replicaRegions", index],
  })),
  ...(spec.preferredRegion === undefined
    ? []
    : [{ role: "preferred" as const, name: spec.preferredRegion, path: ["spec", "preferredRegion"] }]),
];

const SAID: Readonly<Record<Mention["role"], readonly [verb: string, consequence: string]>> = {
  home: ["is at home in", "it would get no stack"],
  replica: ["has a replica in", "there is no copy for now"],
  preferred: ["prefers", "its requests go elsewhere for now"],
};

function problemOf(
  { origin, manifest }: Loaded<WorkspaceManifest>,
  { role, name, path }: Mention,
  { because, remedy }: Idleness,
  inUse: readonly string[],
): Problem {
  const [verb, consequence] = SAID[role];
  const isHome = role === "home";
  const otherwise = isHome ? useOneOf(inUse) : "leave it for a later phase";
  return {
    code: "MRD2127",
    severity: isHome ? "error" : "warning",
    message: `workspace "${manifest.metadata.name}" ${verb} region "${name}", which ${because}: ${consequence}`,
    fix: otherwise === undefined ? remedy : `${otherwise}, or ${remedy}`,
    origin,
    path,
  };
}

/** A home that holds nothing is an error; a copy or preference that waits for a later phase is a warning. */
export const idleRegionRule: ScopeRule = ({ platform, regions, workspaces }) => {
  const manifests = new Map(regions.map((region) => [region.manifest.metadata.name, region]));
  const idle = new Map(
    platform.manifest.spec.regions.flatMap((name): readonly (readonly [string, Idleness])[] => {
      const found = idlenessOf(name, platform, manifests.get(name));
      return found === undefined ? [] : [[name, found]];
    }),
  );
  if (idle.size === 0) return [];
  const inUse = platform.manifest.spec.regions.filter((name) => !idle.has(name));
  return workspaces.flatMap((workspace) =>
    mentionsOf(workspace.manifest).flatMap((mention): readonly Problem[] => {
      const idleness = idle.get(mention.name);
      return idleness === undefined ? [] : [problemOf(workspace, mention, idleness, inUse)];
    }),
  );
};
