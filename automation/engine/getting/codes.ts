/** Codes of getting the Pulumi CLI. */
export const gettingCodes = {
  MRD6001: {
    title: "no Pulumi CLI",
    meaning: "None of the ways to get the Pulumi CLI worked; the facts say what each of them failed for.",
    next: "Install Pulumi 3.230.0 or newer (https://www.pulumi.com/docs/install/), or Go 1.25 to let Meridian build it, or set MERIDIAN_PULUMI to one.",
  },
  MRD6002: {
    title: "wrong version of the Pulumi CLI",
    meaning: "The CLI named by MERIDIAN_PULUMI is of a version Meridian does not work with.",
    next: "Name one of version 3.230.0 or newer, below 4, or unset MERIDIAN_PULUMI.",
  },
  MRD6003: {
    title: "MERIDIAN_PULUMI names no CLI",
    meaning: "What MERIDIAN_PULUMI names does not exist, or cannot be run.",
    next: "Name the pulumi executable or the folder it is in, or unset MERIDIAN_PULUMI.",
  },
  MRD6004: {
    title: "stopped while getting the Pulumi CLI",
    meaning: "The run was asked to stop; what was downloaded so far is used next time.",
    next: "Run it again when you are ready.",
  },
} as const;

/** A code of this room. */
export type GettingCode = keyof typeof gettingCodes;
