/** Codes of the pulumi engine: running a stack for real, and its state. */
export const pulumiCodes = {
  MRD5200: {
    title: "the engine failed",
    meaning: "Pulumi's engine ended with an error that has no code of its own.",
    next: "Read the facts below the message; apply again once their reason is gone.",
  },
  MRD5201: {
    title: "a resource failed",
    meaning: "A provider refused an operation. What was done before it is kept and recorded.",
    next: "Correct what the provider names, then apply again: it continues where it stopped.",
  },
  MRD5202: {
    title: "stopped on request",
    meaning: "The run stopped after the resources in flight; its state is complete.",
    next: "Apply again to continue where it stopped.",
  },
  MRD5203: {
    title: "stopped at once",
    meaning:
      "The engine was ended in the middle of an operation, so what it was doing may or may not be done.",
    next: "Apply again: it first looks at what is there, and then continues.",
  },
  MRD5206: {
    title: "no space left",
    meaning: "The disk or the quota is full. The last complete state is kept.",
    next: "Free some space, then apply again: it continues where it stopped.",
  },
  MRD5207: {
    title: "state is damaged",
    meaning: "The state file of a stack cannot be read. It is left as it is, and nothing was done.",
    next: "Copy the newest good copy named below over it, then apply again.",
  },
  MRD5208: {
    title: "state cannot be reached",
    meaning: "The state backend does not answer, or refuses this user.",
    next: "Check MERIDIAN_BACKEND and the credentials it needs.",
  },
  MRD5209: {
    title: "wrong passphrase",
    meaning: "The secrets in a stack's state were encrypted with another passphrase.",
    next: "Set MERIDIAN_PASSPHRASE or MERIDIAN_PASSPHRASE_FILE to the passphrase the stack was made with.",
  },
  MRD5210: {
    title: "no passphrase",
    meaning: "A stack of the target cloud keeps its secrets encrypted, so it needs a passphrase.",
    next: "Set MERIDIAN_PASSPHRASE, or MERIDIAN_PASSPHRASE_FILE to a file that holds it.",
  },
  MRD5211: {
    title: "one backend for both targets",
    meaning: "The states of sandbox and cloud never mix, so they need different backends.",
    next: "Give MERIDIAN_SANDBOX_BACKEND another URL than MERIDIAN_BACKEND, or unset it.",
  },
  MRD5212: {
    title: "the engine is not built",
    meaning: "The compiled code that runs a stack is missing.",
    next: "Run `npm run build`.",
  },
  MRD5213: {
    title: "a file cannot be read or written",
    meaning: "The operating system refused one of the files Meridian keeps in `.meridian`.",
    next: "Check that the named file is where it should be and that you may write to it, then run again.",
  },
  MRD5221: {
    title: "a provider plugin is missing",
    meaning: "The target cloud needs the real provider plugin, and it is not installed.",
    next: "Install the named plugin, then run again.",
  },
  MRD5222: {
    title: "credentials are missing",
    meaning: "The provider could not log in to the cloud it makes resources in.",
    next: "Provide the credentials the provider names, or use `--target sandbox`.",
  },
  MRD5224: {
    title: "a policy forbids it",
    meaning: "A mandatory policy of an attached pack found a violation.",
    next: "Change what the policy names, or record an exemption.",
  },
} as const;

/** A code of this room. */
export type PulumiCode = keyof typeof pulumiCodes;
