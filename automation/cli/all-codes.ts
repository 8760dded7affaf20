/** Every code a person can meet, of every room: what `explain MRDnnnn` and docs/diagnostics.md are made of. */
import { programCodes } from "../../components/codes";
import { gettingCodes } from "../engine/getting/codes";
import { graphCodes } from "../engine/graph/codes";
import { lockCodes } from "../engine/locks/codes";
import { pulumiCodes } from "../engine/pulumi/codes";
import { sandboxCodes } from "../engine/sandbox/codes";
import { secretCodes } from "../engine/secrets/codes";
import { type CodeEntry, manifestCodes } from "../manifest/diagnostics/codes";
import { ruleCodes } from "../manifest/rules/codes";
import { cliCodes } from "./codes";

export type CodeTable = Readonly<Record<string, CodeEntry>>;

/** The tables as the rooms keep them; a test holds that no code is in two. */
export const CODE_TABLES: readonly CodeTable[] = [
  manifestCodes,
  ruleCodes,
  cliCodes,
  programCodes,
  graphCodes,
  lockCodes,
  pulumiCodes,
  gettingCodes,
  sandboxCodes,
  secretCodes,
];

/** What each thousand is about. */
export const FAMILIES: Readonly<Record<string, string>> = {
  MRD1: "One manifest on its own: YAML and schema",
  MRD2: "Manifests together: names, regions, networks, services",
  MRD3: "Objectives and time",
  MRD4: "The command line, its files and folders",
  MRD5: "Engines, state and locks",
  MRD6: "Getting the Pulumi CLI",
  MRD7: "The sandbox and its providers",
  MRD8: "Secrets",
};

/** By code, in order. */
export const allCodes: ReadonlyMap<string, CodeEntry> = new Map(
  CODE_TABLES.flatMap((table) => Object.entries(table)).sort(([a], [b]) => (a < b ? -1 : 1)),
);

export const familyOf = (code: string): string => FAMILIES[code.slice(0, 4)] ?? "Others";
