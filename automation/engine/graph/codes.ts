import type { DiagnosticCode } from "../../manifest/diagnostic";

/** What a code means to a person, and what they can do about it. */
interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

/** Every MRD57xx code: running a stack's program in-process and keeping the graph it made. */
export const graphCodes = {
  MRD5701: {
    title: "the stack's program failed",
    meaning: "The components of a stack could not be built from its specification.",
    next: "Read the facts below the message; if the manifest is right, report it with `meridian plan --json`.",
  },
  MRD5702: {
    title: "two resources of one name",
    meaning: "A stack's program registers the same type and name twice under one parent.",
    next: "Rename one of the two components or services in the manifest.",
  },
  MRD5703: {
    title: "stopped on request",
    meaning: "The run was asked to stop; nothing was recorded.",
    next: "Run it again when you are ready.",
  },
  MRD5704: {
    title: "the stack's program never finishes",
    meaning: "A program waits for a value that never comes, for example two resources that need each other.",
    next: "Report it with the stack's specification (`meridian plan --json`).",
  },
  MRD5705: {
    title: "a protected resource would be lost",
    meaning: "The change deletes or replaces a resource whose deletion is protected.",
    next: "If its data may really go: set `deletion: free` in its service, apply that, then make the change again.",
  },
  MRD5706: {
    title: "graph state is damaged",
    meaning: "A file of recorded graphs cannot be read back as what was written. It is left as it is.",
    next: "Restore the named file from a copy, or remove it to forget that stack.",
  },
  MRD5707: {
    title: "graph state cannot be reached",
    meaning: "The operating system refused to read or write a file of recorded graphs.",
    next: "Check that the folder exists, has space, and that you may write to it, then run again.",
  },
  MRD5708: {
    title: "function not available in the graph",
    meaning: "The program calls a provider function that only the real provider can answer.",
    next: "Preview this stack on the pulumi engine.",
  },
} as const satisfies Readonly<Record<DiagnosticCode, CodeEntry>>;

/** A code of this room. */
export type GraphCode = keyof typeof graphCodes;
