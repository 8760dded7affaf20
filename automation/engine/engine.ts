/**
 * What Meridian asks of whatever turns a StackSpec into resources.
 *
 * Two things implement it: `graph` (in-process, no CLI, no credentials) and `pulumi` (the Automation
 * API on the real engine). One contract suite, test/engine/contract.ts, runs against both.
 */
import type { SecretRef } from "../fleet/specs/secret-ref";
import type { StackSpec } from "../fleet/stack-spec";

/** `sandbox` needs no credentials and touches nothing; `cloud` is real. Their states never mix. */
export type Target = "sandbox" | "cloud";

/** Looks a secret up by name; undefined when nobody has provided it. */
export type SecretSource = (ref: SecretRef) => string | undefined;

/** One resource as the program registered it. Secret inputs are `"[secret]"`, unknown ones `"[unknown]"`. */
export interface GraphResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for ComponentResources. */
  readonly custom: boolean;
  readonly parent?: string;
  readonly dependencies: readonly string[];
  readonly protect: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type Operation = "same" | "create" | "update" | "replace" | "delete" | "refresh";

/** What happens, or would happen, to one resource. */
export interface ResourceStep {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly operation: Operation;
  /** Top-level properties that differ, sorted; empty for `same`, `create` and `delete`. */
  readonly changed: readonly string[];
}

export interface StackResult {
  /** `openova/europe`. */
  readonly stack: string;
  /** Sorted by urn; every resource of the stack, the unchanged ones too. */
  readonly steps: readonly ResourceStep[];
  /** Seconds of wall time. */
  readonly seconds: number;
}

/** Progress while a stack runs; a renderer shows it, the server stores it. */
export type EngineEvent =
  | { readonly kind: "started"; readonly stack: string; readonly total?: number }
  | {
      readonly kind: "resource";
      readonly stack: string;
      readonly step: ResourceStep;
      readonly status: "running" | "done" | "failed";
    }
  | {
      readonly kind: "message";
      readonly stack: string;
      readonly severity: "info" | "warning" | "error";
      readonly text: string;
    }
  | { readonly kind: "finished"; readonly stack: string; readonly ok: boolean };

/** What one run brings along. */
export interface Run {
  readonly target: Target;
  readonly secrets: SecretSource;
  /** Aborting asks for a stop at the next safe point. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: EngineEvent) => void;
}

/** The resources a stack has now, as its state records them. */
export interface StackState {
  readonly stack: string;
  readonly resources: readonly GraphResource[];
  /** Operations a killed run left unfinished; empty when all is well. */
  readonly pending: readonly string[];
  /** ISO 8601, of the last operation; absent when the stack was never applied. */
  readonly updatedAt?: string;
  /** Hash of the StackSpec last applied in full. */
  readonly specHash?: string;
}

/** Throws only EngineError (automation/engine/engine-error.ts). */
export interface Engine {
  readonly name: "graph" | "pulumi";
  /** What `apply` would do. Changes nothing. */
  preview(spec: StackSpec, run: Run): Promise<StackResult>;
  /** Makes it so; safe to run again after any crash. */
  apply(spec: StackSpec, run: Run): Promise<StackResult>;
  /** Removes every resource and the stack itself. */
  destroy(stack: Pick<StackSpec, "platform" | "stack" | "provider">, run: Run): Promise<StackResult>;
  /** Reads the state; a stack never applied has no resources. */
  state(stack: Pick<StackSpec, "platform" | "stack">, target: Target): Promise<StackState>;
  /** Names (`openova/europe`) of every stack with state, sorted. */
  list(platform: string, target: Target): Promise<readonly string[]>;
  /** Ends everything at once, whatever it is doing; absent where nothing can be ended half-way. */
  readonly stopAtOnce?: () => void;
}
