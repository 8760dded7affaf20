/**
 * What other stacks of the platform made: the one place that knows of StackReferences.
 *
 * On the real engine they come from the other stack's state. In a preview before that stack was applied they
 * are not known yet. Where no states are kept (the graph engine, tests) each is a text that says what it is.
 */
import { all, type Output, StackReference, unsecret } from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi/output";
import { isDryRun } from "@pulumi/pulumi/runtime/settings";
import { ProgramError } from "../program-error";

/** Where no states are kept a list of ids has as many as most regions have zones. */
const LISTED = 3;

/** Outputs of other stacks, by the stack's name and theirs. */
export class StackReferences {
  readonly #made = new Map<string, StackReference>();

  constructor(
    private readonly platform: string,
    private readonly stack: string,
  ) {}

  /** One id or address. */
  text(stack: string, name: string): Output<string> {
    return this.#value(stack, name, isText, `${stack}.${name}`);
  }

  /** Several, such as the subnets of all zones. */
  texts(stack: string, name: string): Output<string[]> {
    const unnamed = Array.from({ length: LISTED }, (_, at) => `${stack}.${name}.${String(at)}`);
    return this.#value(stack, name, isTexts, unnamed);
  }

  #value<T>(stack: string, name: string, valid: (value: unknown) => value is T, unnamed: T): Output<T> {
    const { outputs, secretOutputNames } = this.#reference(stack);
    // One secret output makes all of them secret; those that stacks read of each other never are.
    return all([unsecret(outputs), secretOutputNames]).apply<unknown>(([found, secrets]) => {
      if ((found as unknown) === undefined) return unnamed;
      const value: unknown = found[name];
      if (valid(value) && !secrets.includes(name)) return value;
      if (value === undefined && isDryRun()) return unknown;
      throw new ProgramError("MRD5015", this.stack, `${stack} has no output "${name}" that may be read`);
    }) as Output<T>;
  }

  #reference(stack: string): StackReference {
    const name = `organization/${this.platform}/${stack}`;
    const found = this.#made.get(stack) ?? new StackReference(name);
    this.#made.set(stack, found);
    return found;
  }
}

const isText = (value: unknown): value is string => typeof value === "string";

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
