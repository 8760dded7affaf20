import type { Severity } from "../diagnostic";
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { RuleCode } from "./codes";
import type {
  PlatformManifest,
  RegionManifest,
  ResolvedManifest,
  WorkspaceManifest,
} from "../schema/manifest";

/** What a rule found, at a path: places in the text are looked up later, and only for these. */
export interface Problem {
  readonly code: RuleCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly fix?: string;
  readonly origin: Origin;
  readonly path: ManifestPath;
}

/** Where a manifest stands: files may hold several documents. */
export interface Origin {
  readonly file: string;
  /** From 0. */
  readonly document: number;
}

/** A resolved manifest and where it came from. */
export interface Loaded<M extends ResolvedManifest = ResolvedManifest> {
  readonly origin: Origin;
  readonly manifest: M;
}

/** A platform as the cross-file rules see it: everything that names it, listed by it or not. */
export interface PlatformScope {
  readonly platform: Loaded<PlatformManifest>;
  readonly regions: readonly Loaded<RegionManifest>[];
  readonly workspaces: readonly Loaded<WorkspaceManifest>[];
}

/** What the rules may ask of the catalog. */
export interface RuleCatalog {
  readonly knows: (cloud: string, location: string) => boolean;
  /** Nearest names first. */
  readonly suggest: (cloud: string, location: string) => readonly string[];
  /** Every name a cloud has. */
  readonly locationsOf: (cloud: string) => readonly string[];
  /** Clouds that have a location of this name. */
  readonly cloudsWith: (location: string) => readonly string[];
  /** A bloc or a country: what residency may name. */
  readonly isJurisdiction: (key: string) => boolean;
  readonly suggestJurisdictions: (key: string) => readonly string[];
  readonly isCountry: (code: string) => boolean;
  readonly isPop: (code: string) => boolean;
  readonly suggestPops: (code: string) => readonly string[];
  readonly continentOf: (country: string) => string | undefined;
}

export type ScopeRule = (scope: PlatformScope, catalog: RuleCatalog) => readonly Problem[];
