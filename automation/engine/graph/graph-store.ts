import type { GraphResource, Target } from "../engine";

/** The graph a stack was last applied with. */
export interface AppliedGraph {
  /** `openova/europe`. */
  readonly stack: string;
  readonly specHash: string;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly resources: readonly GraphResource[];
}

/** A stack on a target: where one applied graph is kept. */
export interface GraphPlace {
  readonly target: Target;
  readonly platform: string;
  readonly stack: string;
}

/** Keeps applied graphs. What it returns was written whole: a killed process leaves the graph before or after. */
export interface GraphStore {
  readonly read: (place: GraphPlace) => AppliedGraph | undefined;
  readonly write: (place: GraphPlace, graph: AppliedGraph) => void;
  readonly remove: (place: GraphPlace) => void;
  /** Names of the stacks of a platform with a graph, unsorted and without the platform. */
  readonly stacks: (target: Target, platform: string) => readonly string[];
}

/** Forgets with the process: for reviews, and for tests. */
export class MemoryGraphStore implements GraphStore {
  private readonly graphs = new Map<string, { readonly place: GraphPlace; readonly graph: AppliedGraph }>();

  readonly read = (place: GraphPlace): AppliedGraph | undefined => this.graphs.get(keyOf(place))?.graph;

  readonly write = (place: GraphPlace, graph: AppliedGraph): void => {
    this.graphs.set(keyOf(place), { place, graph });
  };

  readonly remove = (place: GraphPlace): void => {
    this.graphs.delete(keyOf(place));
  };

  readonly stacks = (target: Target, platform: string): readonly string[] =>
    [...this.graphs.values()]
      .filter(({ place }) => place.target === target && place.platform === platform)
      .map(({ place }) => place.stack);
}

const keyOf = ({ target, platform, stack }: GraphPlace): string => JSON.stringify([target, platform, stack]);
