import type { ComponentSpec } from "./specs/component-spec";

export type StackKind = "region" | "global" | "workspaces";

/** The provider plugin a stack's resources are made with. */
export type StackProvider = "kubernetes" | "cloudflare" | "azure-native" | "aws";

/**
 * The whole input of one stack's Pulumi program. Nothing else reaches it (but secrets, by name), so
 * equal hashes mean an equal program: the hash decides what is affected, keys the cache of resource
 * graphs and binds an approval to what was reviewed.
 */
export interface StackSpec {
  readonly platform: string;
  /** Unique in its platform, for example `europe`, `global`, `workspaces-europe-000`. */
  readonly stack: string;
  readonly kind: StackKind;
  /** The region it lives in; a global stack has none. */
  readonly region?: string;
  readonly provider: StackProvider;
  /** Stacks of the same platform that must be applied first. Acyclic. */
  readonly after: readonly string[];
  readonly components: readonly ComponentSpec[];
  /** SHA-256 in hex over the canonical JSON of every other field. */
  readonly hash: string;
}

/** `openova/europe`: how a stack is named to people and in files. */
export const stackId = ({ platform, stack }: Pick<StackSpec, "platform" | "stack">): string =>
  `${platform}/${stack}`;
