import type { DiagnosticCode } from "../../manifest/diagnostic";

/** What a code means to a person, and what they can do about it. */
interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  readonly next: string;
}

/** Every MRD8xxx code: secrets, where they come from and how they are kept out of sight. */
export const secretCodes = {
  MRD8001: {
    title: "secrets are missing",
    meaning: "Stacks need secrets that no source provides. Nothing was done.",
    next: "Provide each one as its environment variable or as a file of its name in the folder MERIDIAN_SECRETS_DIR. (Plain Pulumi also takes `pulumi config set --secret meridian:NAME`.)",
  },
  MRD8002: {
    title: "a secret is too short",
    meaning:
      "A value of fewer than four characters cannot be hidden: it occurs in ordinary text by chance, so masking it would show where it is.",
    next: "Use a longer secret.",
  },
  MRD8003: {
    title: "anyone may change a secret",
    meaning: "A secret's file may be written by every user of the machine, so its value cannot be trusted.",
    next: "Remove the permission (`chmod o-w FILE`) and check the value.",
  },
  MRD8004: {
    title: "a secret cannot be read",
    meaning: "The operating system refused to read a secret's file.",
    next: "Check that the file is a regular file and that you may read it.",
  },
  MRD8005: {
    title: "not a secret's name",
    meaning: "A secret's name becomes a file name and an environment variable, so it must fit both.",
    next: "Use letters, digits, dashes, dots and underscores, starting with a letter or digit.",
  },
} as const satisfies Readonly<Record<DiagnosticCode, CodeEntry>>;

/** A code of this room. */
export type SecretCode = keyof typeof secretCodes;
