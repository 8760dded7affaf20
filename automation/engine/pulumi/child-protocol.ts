/** What a run and its child process tell each other; the job never appears in a command line. */
import type { StackSpec } from "../../fleet/stack-spec";
import type { DiagnosticCode } from "../../manifest/diagnostic";
import type { EngineEvent, ResourceStep, Target } from "../engine";

export type Verb = "preview" | "apply" | "destroy";

/** All a child needs to run one stack once. */
export interface Job {
  readonly verb: Verb;
  /** `openova/europe`. */
  readonly stack: string;
  /** Absent when nothing is built: a destroy. */
  readonly spec?: StackSpec;
  readonly target: Target;
  readonly secrets: readonly (readonly [name: string, value: string])[];
  /** A module that exports `program`, in place of the components. */
  readonly programModule?: string;
  readonly cli: string;
  /** Of the CLI, without what only the child knows. */
  readonly arguments: readonly string[];
  readonly workDir: string;
  /** Of the CLI and its plugins. */
  readonly environment: Readonly<Record<string, string>>;
  readonly patience: Patience;
}

/** How long each rung of the ladder is waited on, in milliseconds. */
export interface Patience {
  /** After the first SIGINT: what is in flight may take as long as a cloud takes. */
  readonly safe: number;
  /** After the second one. */
  readonly hurried: number;
  /** The same as `safe` when the process that asked for the run is dead. */
  readonly orphaned: number;
}

export type ToChild =
  { readonly kind: "job"; readonly job: Job } | { readonly kind: "stop"; readonly how: "safely" | "at-once" };

export type FromChild =
  | { readonly kind: "engine"; readonly pid: number }
  | { readonly kind: "event"; readonly event: EngineEvent }
  | { readonly kind: "end"; readonly outcome: Outcome };

/** One complaint of the engine, a provider or the program. */
export interface Complaint {
  readonly urn?: string;
  readonly text: string;
}

/** How the CLI ended, and what it said. */
export interface Outcome {
  readonly ok: boolean;
  readonly steps: readonly ResourceStep[];
  readonly complaints: readonly Complaint[];
  readonly violations: readonly string[];
  /** Set when the program itself failed. */
  readonly programFailure?: ProgramFailure;
  /** The end of what the CLI wrote to stderr and stdout. */
  readonly said: string;
  readonly stopped: "no" | "safely" | "at-once";
  readonly signal?: string;
}

/** An error of the program, made to pass between processes. */
export interface ProgramFailure {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly facts: readonly string[];
  readonly next?: string;
}
