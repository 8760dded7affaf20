/** One thing to do during an outage, as data. */
import type { Cell, Topology } from "../../fleet/topology";
import type { RegionFacts, RunbookFacts } from "./facts";

export interface Step {
  readonly title: string;
  /** What must be true before; the reader stops here when it is not. */
  readonly before: string;
  /** Shell, a line each; none when people decide or watch. */
  readonly commands: readonly string[];
  readonly expect: string;
  readonly way:
    /** Only looks. */
    | { readonly kind: "look" }
    | { readonly kind: "reversible"; readonly undo: string }
    | { readonly kind: "point-of-no-return"; readonly because: string };
}

export const LOOK: Step["way"] = { kind: "look" };

/** The loss a section is about. */
export interface Loss {
  readonly topology: Topology;
  readonly facts: RunbookFacts;
  readonly cell: Cell;
  readonly lost: string;
  /** Who takes over. */
  readonly heir: string;
}

/** Whether Meridian builds the platform: it applies nothing of one with a service it has no components for. */
export const isApplied = ({ facts }: Pick<Loss, "facts">): boolean => facts.unbuilt.length === 0;

/** Making the manifest true where users are, not in the sandbox; or the remark that something else must. */
export const applyCommands = (loss: Pick<Loss, "facts" | "topology">): readonly string[] =>
  isApplied(loss)
    ? [`meridian apply ${loss.topology.platform} --target cloud --yes`]
    : ["# Meridian does not apply this platform yet: make the change with what runs it today"];

/** What one service adds to each phase. */
export interface ServiceSteps {
  readonly fence: readonly Step[];
  readonly promote: readonly Step[];
  readonly verify: readonly Step[];
  readonly protect: readonly Step[];
}

export const NO_STEPS: ServiceSteps = { fence: [], promote: [], verify: [], protect: [] };

export const regionFacts = ({ regions }: RunbookFacts, name: string): RegionFacts =>
  regions.find((region) => region.name === name) ?? { name, health: [] };

/** `kubectl` on a region's cluster; the file is the one fetched before starting. */
export const kubectl = (facts: RunbookFacts, region: string, namespace: string): string =>
  `kubectl --kubeconfig ${regionFacts(facts, region).kubeconfig ?? `kubeconfig-${region}`} --namespace ${namespace}`;
