/** Where a workspace may be, where it is, and which of these takes its writes. */
import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

/** Where a workspace's data may be: its own word, else the platform's; none means anywhere. */
export function jurisdictionsOf({ fleet }: PlanInput, { spec }: WorkspaceManifest): readonly string[] {
  const own = spec.residency.jurisdictions;
  return own.length > 0 ? own : fleet.platform.spec.residency.jurisdictions;
}

const allows = (jurisdictions: readonly string[], { place }: PlannedRegion): boolean =>
  jurisdictions.length === 0 || place.jurisdictions.some((one) => jurisdictions.includes(one));

/**
 * The regions a workspace is in, its home first: those it names that hold something now and lie in its
 * jurisdictions. A named basis for a transfer allows a transfer, not a second home.
 */
export function legalRegions(input: PlanInput, workspace: WorkspaceManifest): readonly string[] {
  const { homeRegion, replicaRegions } = workspace.spec;
  const jurisdictions = jurisdictionsOf(input, workspace);
  const legal = input.regions.filter((region) => allows(jurisdictions, region)).map(({ name }) => name);
  return [...new Set([homeRegion, ...replicaRegions])].filter((name) => legal.includes(name));
}

/** The write owner of its cell where the workspace has a copy; else its home; undefined when it is nowhere. */
export function activeRegion(input: PlanInput, workspace: WorkspaceManifest): string | undefined {
  const regions = legalRegions(input, workspace);
  const { homeRegion } = workspace.spec;
  const cell = cellOf(input, homeRegion);
  if (cell.writers.some(({ region }) => region === homeRegion))
    return regions.find((one) => one === homeRegion);
  return [writerOf(cell), homeRegion].find((one) => regions.includes(one));
}
