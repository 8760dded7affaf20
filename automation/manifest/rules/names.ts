import type { ResolvedManifest } from "../schema/manifest";
import { didYouMean, useOneOf } from "./did-you-mean";
import type { Loaded, Problem } from "./problem";

/** What makes two manifests the same thing. */
function identityOf({ kind, metadata }: ResolvedManifest): string {
  return "platform" in metadata
    ? `${kind} ${metadata.platform}/${metadata.name}`
    : `${kind} ${metadata.name}`;
}

/** Two manifests of one kind and name in one platform. */
export function duplicateNames(all: readonly Loaded[]): readonly Problem[] {
  const first = new Map<string, Loaded>();
  return all.flatMap((one): readonly Problem[] => {
    const identity = identityOf(one.manifest);
    const earlier = first.get(identity);
    if (earlier === undefined) {
      first.set(identity, one);
      return [];
    }
    const { kind, metadata } = one.manifest;
    return [
      {
        code: "MRD2101",
        severity: "error",
        message: `${kind.toLowerCase()} "${metadata.name}" is defined twice`,
        hint: `first in ${earlier.origin.file}`,
        fix: "rename one of them, or delete it",
        origin: one.origin,
        path: ["metadata", "name"],
      },
    ];
  });
}

/** Regions, workspaces and exemptions of a platform that does not exist. */
export function unknownPlatforms(all: readonly Loaded[]): readonly Problem[] {
  const known = all.flatMap(({ manifest }) => (manifest.kind === "Platform" ? [manifest.metadata.name] : []));
  return all.flatMap(({ origin, manifest }): readonly Problem[] => {
    if (!("platform" in manifest.metadata) || known.includes(manifest.metadata.platform)) return [];
    const { platform } = manifest.metadata;
    return [
      {
        code: "MRD2102",
        severity: "error",
        message: `${manifest.kind.toLowerCase()} "${manifest.metadata.name}" belongs to platform "${platform}", which does not exist`,
        ...didYouMean(platform, known),
        fix: useOneOf(known) ?? "add the platform's manifest",
        origin,
        path: ["metadata", "platform"],
      },
    ];
  });
}
