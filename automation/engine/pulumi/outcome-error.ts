/** The one place where what the engine says becomes an error a person can act on. */
import { EngineError } from "../engine-error";
import type { DiagnosticCode } from "../../manifest/diagnostic";
import type { Complaint, Outcome } from "./child-protocol";
import type { PulumiCode } from "./codes";
import { failureOf } from "./program-failure";
import { pulumiError } from "./pulumi-error";
import { isOfResource, labelOf } from "./resource-label";

/** An EngineError of an outcome that is not ok. */
export function outcomeError(stack: string, outcome: Outcome): EngineError {
  const text = [outcome.said, ...outcome.complaints.map((complaint) => complaint.text)].join("\n");
  return (
    // Before the stop: a full disk is what the run was stopped for.
    matching(stack, text, [fullDisk]) ??
    stopError(stack, outcome) ??
    policyError(stack, outcome) ??
    matching(stack, text, rules) ??
    resourceError(stack, outcome.complaints) ??
    (outcome.programFailure && failureOf(stack, outcome.programFailure)) ??
    pulumiError("MRD5200", stack, `the engine failed on ${stack}`, { facts: lastLines(text) })
  );
}

function stopError(stack: string, { stopped, signal }: Outcome): EngineError | undefined {
  if (signal !== undefined || stopped === "at-once") return endedError(stack, signal ?? "a second interrupt");
  if (stopped === "safely") return pulumiError("MRD5202", stack, `${stack} was stopped on request`);
  return undefined;
}

/** The engine was ended from outside, whatever it was doing. */
export const endedError = (stack: string, how: string, heard = ""): EngineError =>
  pulumiError("MRD5203", stack, `the engine of ${stack} was ended in the middle of its work`, {
    facts: [`ended by ${how}`, ...lastLines(heard)],
  });

function policyError(stack: string, { violations }: Outcome): EngineError | undefined {
  if (violations.length === 0) return undefined;
  const what = violations.length === 1 ? "a mandatory policy" : `${violations.length} mandatory policies`;
  return pulumiError(
    "MRD5224",
    stack,
    `${what} forbid${violations.length === 1 ? "s" : ""} this of ${stack}`,
    {
      facts: violations,
    },
  );
}

interface Rule {
  readonly match: RegExp;
  readonly code: PulumiCode;
  readonly message: (stack: string, found: RegExpExecArray) => string;
  readonly next?: (found: RegExpExecArray) => string;
}

const fullDisk: Rule = {
  match: /no space left on device|disk quota exceeded|file too large|ENOSPC|EDQUOT/i,
  code: "MRD5206",
  message: (stack) => `there was no space left to write the state of ${stack}`,
};

/** Whether the engine says that it cannot write the state: it would try again for minutes. */
export const isFullDisk = (text: string): boolean =>
  /failed to save snapshot/.test(text) && fullDisk.match.test(text);

/** Texts of the pinned CLI; a table test holds one example of each. */
const rules: readonly Rule[] = [
  {
    match: /incorrect passphrase|passphrase must be set|unable to find.*PULUMI_CONFIG_PASSPHRASE/i,
    code: "MRD5209",
    message: (stack) => `the passphrase does not open the state of ${stack}`,
  },
  {
    match:
      /(?:no resource plugin|Could not automatically download and install resource plugin) '(?:pulumi-resource-)?([\w-]+)'.*?version v?(\d[^\s,')]*)/s,
    code: "MRD5221",
    message: (stack, [, name = "", version = ""]) => `${stack} needs the ${name} plugin ${version}`,
    next: ([, name = "", version = ""]) => `pulumi plugin install resource ${name} ${version}`,
  },
  {
    match:
      /(could not validate provider configuration|unable to load (?:AWS|Kubernetes) config|invalid (?:api token|credentials)|no valid credential|missing (?:required )?(?:credentials|api token)|authentication (?:failed|error)|unauthorized|az login|configured Kubernetes cluster is unreachable)[^\n]*/i,
    code: "MRD5222",
    message: (stack, [said = ""]) => `the provider of ${stack} has no valid credentials: ${said.trim()}`,
  },
  {
    match:
      /(failed to (?:load|open) (?:checkpoint|bucket)|unable to open bucket|could not (?:list|read) bucket)[^\n]*/i,
    code: "MRD5208",
    message: (stack, [said = ""]) => `the state of ${stack} cannot be reached: ${said.trim()}`,
  },
];

function matching(stack: string, text: string, among: readonly Rule[]): EngineError | undefined {
  for (const { match, code, message, next } of among) {
    const found = match.exec(text);
    if (found === null) continue;
    return pulumiError(code, stack, message(stack, found), {
      facts: factsFor(text, found[0]),
      ...(next === undefined ? {} : { next: next(found) }),
    });
  }
  return undefined;
}

const factsFor = (text: string, found: string): readonly string[] => {
  const line = text.split("\n").find((one) => one.includes(found.split("\n")[0] ?? found));
  return line === undefined ? [] : [line.trim()];
};

/** Errors the sandbox and our own providers word themselves: `MRD7011 sandbox: …. Next: …`. */
const CODED = /^(?:error: )?(MRD\d{4}) (?:sandbox: )?([\s\S]*?)(?:\. Next: ([^\n]*))?$/;

interface Said {
  readonly code?: string;
  /** The first one is a sentence of its own. */
  readonly lines: readonly string[];
  readonly next?: string;
}

function saidBy(complaint: string): Said {
  const coded = CODED.exec(complaint.trim());
  const [, code, message = complaint, next] = coded ?? [];
  const lines = linesOf(message);
  return { lines, ...(code === undefined ? {} : { code }), ...(next === undefined ? {} : { next }) };
}

function resourceError(stack: string, complaints: readonly Complaint[]): EngineError | undefined {
  const failed = complaints.flatMap(({ urn, text }) =>
    isOfResource(urn) ? [{ label: labelOf(urn), ...saidBy(text) }] : [],
  );
  const [first, ...others] = failed;
  if (first === undefined) return undefined;
  const { label, code, next } = first;
  const [sentence = "", ...more] = first.lines;
  const facts = [...more.slice(-8), ...others.map((other) => `${other.label}: ${other.lines[0] ?? ""}`)];
  if (code === undefined)
    return pulumiError("MRD5201", stack, `${label} of ${stack} failed: ${sentence}`, { facts });
  return new EngineError(code as DiagnosticCode, `${label}: ${sentence}`, {
    stack,
    facts,
    ...(next === undefined ? {} : { next }),
  });
}

const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

const lastLines = (text: string): readonly string[] => linesOf(text).slice(-8);
