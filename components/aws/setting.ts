import type { ProgramContext } from "../program-context";
import type { AwsDirectory } from "./directory";
import type { AwsProviders } from "./providers";
import type { StackReferences } from "./references";
import type { Tagged } from "./tags";

/** Where an AWS component stands: what its spec alone does not say. */
export interface AwsSetting extends Tagged {
  readonly context: ProgramContext;
  readonly providers: AwsProviders;
  /** What other stacks of the platform made. */
  readonly references: StackReferences;
  /** What this stack made, for the components after. */
  readonly directory: AwsDirectory;
}
