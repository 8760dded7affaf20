import type { Complaint, Outcome } from "../../../automation/engine/pulumi/child-protocol";
import { pulumiCodes, type PulumiCode } from "../../../automation/engine/pulumi/codes";
import { endedError, isFullDisk, outcomeError } from "../../../automation/engine/pulumi/outcome-error";

const STACK = "openova/europe";
const urn = (type: string, name: string): string =>
  `urn:pulumi:europe::openova::meridian:apps:Deployment$${type}::${name}`;
const namespace = urn("kubernetes:core/v1:Namespace", "shop");
const bucket = urn("cloudflare:index/r2Bucket:R2Bucket", "backups");
const root = "urn:pulumi:europe::openova::pulumi:pulumi:Stack::openova-europe";

const failed = (more: Partial<Outcome>): Outcome => ({
  ok: false,
  steps: [],
  complaints: [],
  violations: [],
  said: "",
  stopped: "no",
  ...more,
});

/** What the pinned CLI and the providers say, in their own words. */
const cases: readonly {
  readonly name: string;
  readonly outcome: Partial<Outcome>;
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly facts?: readonly string[];
    readonly next?: string;
  };
}[] = [
  {
    name: "a provider's complaint of several lines",
    outcome: {
      complaints: [
        { urn: bucket, text: "creating bucket: 400 Bad Request\n  code: 10005\n" },
        { urn: root, text: "resource registration failed" },
      ],
    },
    error: {
      code: "MRD5201",
      message: 'R2Bucket "backups" of openova/europe failed: creating bucket: 400 Bad Request',
      facts: ["code: 10005"],
    },
  },
  {
    name: "complaints of the sandbox, with their own codes and next steps",
    outcome: {
      complaints: [
        {
          urn: namespace,
          text: "MRD7023 sandbox: quota exceeded\nsecond line. Next: Remove the fault, then apply again.",
        },
        { urn: bucket, text: "MRD7021 sandbox: create timed out. Next: Apply again." },
      ],
    },
    error: {
      code: "MRD7023",
      message: 'Namespace "shop": quota exceeded',
      facts: ["second line", 'R2Bucket "backups": create timed out'],
      next: "Remove the fault, then apply again.",
    },
  },
  {
    name: "a full disk under the state, though the run was stopped for it",
    outcome: {
      stopped: "at-once",
      complaints: [
        {
          urn: namespace,
          text: 'pre-step event returned an error: failed to save snapshot: blob (key ".pulumi/stacks/openova/europe.json"): write /x.tmp: no space left on device',
        },
      ],
    },
    error: {
      code: "MRD5206",
      message: "there was no space left to write the state of openova/europe",
      facts: [
        'pre-step event returned an error: failed to save snapshot: blob (key ".pulumi/stacks/openova/europe.json"): write /x.tmp: no space left on device',
      ],
    },
  },
  {
    name: "a stop on request",
    outcome: { stopped: "safely", complaints: [{ urn: namespace, text: "cancelled" }] },
    error: { code: "MRD5202", message: "openova/europe was stopped on request" },
  },
  {
    name: "a second interrupt",
    outcome: { stopped: "at-once" },
    error: {
      code: "MRD5203",
      message: "the engine of openova/europe was ended in the middle of its work",
      facts: ["ended by a second interrupt"],
    },
  },
  {
    name: "a signal from outside",
    outcome: { signal: "SIGKILL" },
    error: {
      code: "MRD5203",
      message: "the engine of openova/europe was ended in the middle of its work",
      facts: ["ended by SIGKILL"],
    },
  },
  {
    name: "policies",
    outcome: { violations: ["residency/RES-011: backups leave the EU", "cost/COST-002: too dear"] },
    error: {
      code: "MRD5224",
      message: "2 mandatory policies forbid this of openova/europe",
      facts: ["residency/RES-011: backups leave the EU", "cost/COST-002: too dear"],
    },
  },
  {
    name: "a wrong passphrase",
    outcome: { said: "error: could not deserialize deployment: incorrect passphrase" },
    error: {
      code: "MRD5209",
      message: "the passphrase does not open the state of openova/europe",
      facts: ["error: could not deserialize deployment: incorrect passphrase"],
    },
  },
  {
    name: "a provider plugin that is not there",
    outcome: {
      said: "error: no resource plugin 'pulumi-resource-azure-native' found in the workspace at version v3.28.0 or on your $PATH",
    },
    error: {
      code: "MRD5221",
      message: "openova/europe needs the azure-native plugin 3.28.0",
      facts: [
        "error: no resource plugin 'pulumi-resource-azure-native' found in the workspace at version v3.28.0 or on your $PATH",
      ],
      next: "pulumi plugin install resource azure-native 3.28.0",
    },
  },
  {
    name: "a provider without credentials",
    outcome: { complaints: [{ urn: bucket, text: "authentication error: Please run 'az login'" }] },
    error: {
      code: "MRD5222",
      message:
        "the provider of openova/europe has no valid credentials: authentication error: Please run 'az login'",
      facts: ["authentication error: Please run 'az login'"],
    },
  },
  {
    name: "a backend that does not answer",
    outcome: { said: "error: failed to load checkpoint: connection refused" },
    error: {
      code: "MRD5208",
      message: "the state of openova/europe cannot be reached: failed to load checkpoint: connection refused",
      facts: ["error: failed to load checkpoint: connection refused"],
    },
  },
  {
    name: "a program that failed",
    outcome: {
      programFailure: { code: "MRD5701", message: "the program of openova/europe failed: boom", facts: [] },
      complaints: [{ urn: root, text: "the program failed" }],
    },
    error: { code: "MRD5701", message: "the program of openova/europe failed: boom" },
  },
  {
    name: "anything else",
    outcome: { said: "panic: runtime error\n\n  goroutine 1\n" },
    error: {
      code: "MRD5200",
      message: "the engine failed on openova/europe",
      facts: ["panic: runtime error", "goroutine 1"],
    },
  },
];

test.each(cases)("$name", ({ outcome, error: { facts = [], next, ...error } }) => {
  const { code, message, detail } = outcomeError(STACK, failed(outcome));
  const standard = code in pulumiCodes ? pulumiCodes[code as PulumiCode].next : undefined;
  expect({ code, message, facts: detail.facts ?? [], next: detail.next }).toEqual({
    ...error,
    facts,
    next: next ?? standard,
  });
  expect(detail.stack).toBe(STACK);
});

test("a process that is gone without a word", () => {
  expect(endedError(STACK, "exit 134", "FATAL ERROR: heap out of memory\n").detail.facts).toEqual([
    "ended by exit 134",
    "FATAL ERROR: heap out of memory",
  ]);
});

test.each<readonly [Complaint["text"], boolean]>([
  ["failed to save snapshot: write x: no space left on device", true],
  ["failed to save snapshot: write x: file too large", true],
  ["MRD7003 sandbox: no space left to write /world/x", false],
  ["failed to save snapshot: connection refused", false],
])("%s: no use in trying on: %s", (text, full) => {
  expect(isFullDisk(text)).toBe(full);
});
