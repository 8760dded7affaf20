import type { ProgramContext } from "../program-context";
import type { ArmDirectory } from "./arm-directory";

/** Where an Azure component stands: what its spec alone does not say. */
export interface AzureSetting {
  readonly platform: string;
  /** The region, or the stack's own name for what is in none: `data`, `global`. */
  readonly scope: string;
  readonly context: ProgramContext;
  readonly arm: ArmDirectory;
}

/** On every resource that takes tags: what a bill and an inventory are grouped by. */
export const tagsOf = ({ platform, scope }: Pick<AzureSetting, "platform" | "scope">) => ({
  platform,
  region: scope,
  "managed-by": "meridian",
});
