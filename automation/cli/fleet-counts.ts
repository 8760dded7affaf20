import type { FleetInput } from "./fleet-input";
import { counted } from "./output";

/** How much there is, and how much of it is wrong. */
export interface FleetCounts {
  readonly files: number;
  readonly platforms: number;
  readonly regions: number;
  readonly workspaces: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Counts what was read. */
export function countsOf({ files, manifests, diagnostics }: FleetInput): FleetCounts {
  const ofKind = (kind: string): number => manifests.filter(({ manifest }) => manifest.kind === kind).length;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  return {
    files: files.length,
    platforms: ofKind("Platform"),
    regions: ofKind("Region"),
    workspaces: ofKind("Workspace"),
    errors,
    warnings: diagnostics.length - errors,
  };
}

/** `5 platforms · 13 regions · 7 workspaces · no errors`. */
export const countsText = ({ platforms, regions, workspaces, errors, warnings }: FleetCounts): string =>
  [
    counted(platforms, "platform"),
    counted(regions, "region"),
    counted(workspaces, "workspace"),
    errors === 0 ? "no errors" : counted(errors, "error"),
    ...(warnings === 0 ? [] : [counted(warnings, "warning")]),
  ].join(" · ");
