import type { CodeEntry } from "../manifest/diagnostics/codes";

/** MRD4xxx: what can be wrong with a command, its files and its folder. */
export const cliCodes = {
  MRD4001: {
    title: "set-up failed",
    meaning: "Dependencies or the build could not be made.",
    next: "Read the output above it, mend that, and run the command again.",
  },
  MRD4002: {
    title: "not built",
    meaning: "Meridian's own code has not been built yet.",
    next: "Run `npm run setup`.",
  },
  MRD4003: {
    title: "stale schema",
    meaning: "A published schema no longer matches its source.",
    next: "Run `npm run schemas` and commit the result.",
  },
  MRD4101: {
    title: "wrong usage",
    meaning: "The command, an option or an argument is not known.",
    next: "Run `meridian help` or `meridian help COMMAND`.",
  },
  MRD4102: {
    title: "no manifests",
    meaning: "The folder holds no YAML file, or does not exist.",
    next: "Name a folder that does, or make one with `meridian init`.",
  },
  MRD4103: {
    title: "unreadable file",
    meaning: "A manifest is there but cannot be read.",
    next: "Check its permissions.",
  },
  MRD4104: {
    title: "unknown platform",
    meaning: "No manifest describes a platform of that name.",
    next: "Use a name that `meridian validate` counts.",
  },
  MRD4105: {
    title: "manifests have errors",
    meaning: "Nothing is planned or applied from manifests that do not validate.",
    next: "Mend what `meridian validate` shows.",
  },
  MRD4106: {
    title: "not confirmed",
    meaning: "The command changes things and was not told to go ahead.",
    next: "Look at `meridian preview`, then add --yes.",
  },
  MRD4107: {
    title: "nothing built yet",
    meaning: "The platform names a service that no component builds in this version.",
    next: "Leave the service out, or wait for the version that builds it.",
  },
  MRD4108: {
    title: "already there",
    meaning: "A file that would be written exists.",
    next: "Choose another name, or remove the file yourself.",
  },
  MRD4109: {
    title: "cannot write",
    meaning: "A file could not be written; the old one, if any, is untouched.",
    next: "Make room or correct the permissions, and run the command again.",
  },
  MRD4110: {
    title: "unknown field",
    meaning: "No kind of manifest has a field of that name.",
    next: "Start from `meridian explain platform`.",
  },
  MRD4111: {
    title: "not plain Pulumi's stack",
    meaning:
      "Plain `pulumi up` from the top-level Pulumi.yaml would make a second copy of what Meridian keeps.",
    next: "Use `meridian apply`, or mark the stack with `pulumi config set meridian:standalone true`.",
  },
  MRD4112: {
    title: "unknown stack",
    meaning: "The manifests mean no stack of that name.",
    next: "Use a name that `meridian plan` lists.",
  },
  MRD4120: {
    title: "unknown code",
    meaning: "No error or warning has that code in this version.",
    next: "Look it up in docs/diagnostics.md, or check the digits.",
  },
  MRD4999: {
    title: "a bug in Meridian",
    meaning: "Something happened that Meridian did not expect; nothing you wrote should cause this.",
    next: "Please report it with the file it names.",
  },
} as const satisfies Readonly<Record<string, CodeEntry>>;
