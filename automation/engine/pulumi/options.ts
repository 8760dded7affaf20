import type { PulumiProgress } from "../getting/get-pulumi";
import type { Target } from "../engine";
import type { Environment } from "./backend";
import type { Patience } from "./child-protocol";
import type { KnowsId } from "./repair";
import type { AttachedPlugin } from "./workspace";

/** How a pulumi engine is set up. */
export interface PulumiEngineOptions {
  /** The `.meridian` folder: states, locks, work folders, caches. */
  readonly folder: string;
  /** What the run is called where a lock names it, for example `meridian apply openova`. */
  readonly doing?: string;
  /** Default: the environment of this process. */
  readonly environment?: Environment;
  /** Resource operations at once in one stack. Default: 16. */
  readonly parallel?: number;
  /** Folders of policy packs, run by the engine itself in every preview and apply. */
  readonly policyPacks?: readonly string[];
  /** One configuration file a pack, in the same order. */
  readonly policyPackConfigs?: readonly string[];
  /** A module that exports `program`, in place of the components. */
  readonly programModule?: string;
  /** Providers in place of installed plugins. Default: the sandbox's for the sandbox, none for the cloud. */
  readonly plugins?: (target: Target) => readonly AttachedPlugin[];
  /** Progress while the CLI is downloaded or built; nothing is said when it is there. */
  readonly onGetting?: (progress: PulumiProgress) => void;
  readonly patience?: Partial<Patience>;
  /** Ids of resources whose creation a killed run left open. Default: those of Kubernetes. */
  readonly knowsId?: KnowsId;
}

/** What the ladder waits when nothing else is asked. */
export const defaultPatience: Patience = { safe: 120_000, hurried: 10_000, orphaned: 8_000 };
