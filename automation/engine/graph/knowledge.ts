/**
 * What a program would hear back from providers, so that values computed from outputs are plausible.
 *
 * Values are as Pulumi carries them: secrets and unknowns are marked (../sandbox/values).
 */
import type { Properties } from "../sandbox/values";

/** A resource as the program asks for it. */
export interface AskedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** Inputs of the explicit provider it is made with; empty for a default one. */
  readonly provider: Properties;
}

/** What its provider would answer. */
export interface AnsweredResource {
  readonly id: string;
  readonly outputs: Properties;
}

/** Pure: the same questions get the same answers, so a graph depends on its StackSpec alone. */
export interface ProviderKnowledge {
  readonly outputsOf: (asked: AskedResource) => AnsweredResource;
  /** True when a change at that path, for example `spec.selector`, means a new resource. */
  readonly forcesReplacement: (type: string, path: string) => boolean;
  /** Answers a provider function; undefined when only the real provider could. */
  readonly invoke: (token: string, inputs: Properties) => Properties | undefined;
}

/** Knows nothing: outputs are the inputs, everything changes in place, functions echo. */
export const noKnowledge: ProviderKnowledge = {
  outputsOf: ({ name, inputs }) => ({ id: `${name}-id`, outputs: inputs }),
  forcesReplacement: () => false,
  invoke: (_, inputs) => inputs,
};
