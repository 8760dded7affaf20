import type { DiagnosticCode } from "../../manifest/diagnostic";

/** What a code means to a person, and what they can do about it. */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

/** Every MRD7xxx code: the sandbox, its world on disk and its providers. */
export const sandboxCodes = {
  MRD7001: {
    title: "no sandbox world",
    meaning: "A sandbox provider was started without being told which world it works on.",
    next: "Run it through `meridian`, or set MERIDIAN_WORLD to the folder of the world.",
  },
  MRD7002: {
    title: "sandbox world is damaged",
    meaning: "A file of the sandbox world cannot be read back as what was written. It is left as it is.",
    next: "Restore the named file from a copy, or remove the folder it is in to forget that resource, then apply again.",
  },
  MRD7003: {
    title: "no space for the sandbox world",
    meaning:
      "The disk or the quota is full, so the operation was not recorded. What was there before is intact.",
    next: "Free some space, then apply again: it continues where it stopped.",
  },
  MRD7004: {
    title: "sandbox world cannot be reached",
    meaning: "The operating system refused to read or write a file of the sandbox world.",
    next: "Check that the folder exists and that you may write to it, then apply again.",
  },
  MRD7005: {
    title: "faults file is not valid",
    meaning: "The faults asked of the sandbox cannot be understood, so nothing was done.",
    next: "Correct the named field, or remove the faults file.",
  },
  MRD7006: {
    title: "sandbox world is busy",
    meaning: "Other runs kept changing the same resource while this one tried to.",
    next: "Let the other run finish, then apply again.",
  },
  MRD7010: {
    title: "already exists in the sandbox",
    meaning: "Another resource has that identity, and only its own stack may change it.",
    next: "Choose another name, or destroy the stack that owns it.",
  },
  MRD7011: {
    title: "parent does not exist in the sandbox",
    meaning: "A namespace, resource group or parent resource is missing, as the real API would say.",
    next: "Declare it in the same platform, and let this resource depend on it.",
  },
  MRD7012: {
    title: "not found in the sandbox",
    meaning: "The state knows a resource that the sandbox world does not have any more.",
    next: "Refresh the stack, then apply again.",
  },
  MRD7013: {
    title: "inputs the cloud would refuse",
    meaning: "A required property is missing or has a form that no cloud accepts.",
    next: "Correct the named property.",
  },
  MRD7014: {
    title: "not available in the sandbox",
    meaning: "The sandbox does not imitate this type or function.",
    next: "Leave it out for the sandbox, or apply to the real cloud.",
  },
  MRD7020: {
    title: "throttled (fault on demand)",
    meaning: "The sandbox answered 429 more often than a provider tries again.",
    next: "Apply again, or lower `times` of the throttle fault.",
  },
  MRD7021: {
    title: "timed out (fault on demand)",
    meaning: "The sandbox did not answer in time, and did nothing.",
    next: "Apply again.",
  },
  MRD7022: {
    title: "answer lost (fault on demand)",
    meaning: "The sandbox did what was asked, but its answer was lost on the way.",
    next: "Apply again: the resource is taken over, not made twice.",
  },
  MRD7023: {
    title: "failed (fault on demand)",
    meaning: "The sandbox refused the operation because a fault says so.",
    next: "Remove the fault, then apply again.",
  },
  MRD7030: {
    title: "sandbox providers are not built",
    meaning: "The compiled entry of the sandbox providers is missing.",
    next: "Run `npm run build`.",
  },
  MRD7031: {
    title: "no such sandbox provider",
    meaning: "There is no stand-in for that provider.",
    next: "Use one of the providers named, or apply to the real cloud.",
  },
  MRD7099: {
    title: "defect in a sandbox provider",
    meaning: "Something happened that the sandbox does not expect: a defect of Meridian.",
    next: "Report it with the command you ran.",
  },
} as const satisfies Readonly<Record<DiagnosticCode, CodeEntry>>;

/** A code of this room. */
export type SandboxCode = keyof typeof sandboxCodes;
