import { z } from "zod";
import { API_VERSION } from "../api-version";
import { name, object, text } from "./common";
import { exemptionSpec } from "./exemption";
import { platformSpec } from "./platform";
import { priceBookSpec } from "./price-book";
import { regionSpec } from "./region";
import { workspaceSpec } from "./workspace";

const labels = z.record(z.string().min(1).max(63), z.string().max(63)).optional();
const top = object({ name, labels, description: text.optional() }).meta({
  id: "Metadata",
  description: "Its name.",
});
const owned = object({
  name,
  platform: name.describe("The platform it belongs to."),
  labels,
  description: text.optional(),
}).meta({ id: "OwnedMetadata", description: "Its name, and the platform it belongs to." });

const kind = <K extends string, M extends z.ZodType, S extends z.ZodType>(value: K, metadata: M, spec: S) =>
  object({ apiVersion: z.literal(API_VERSION), kind: z.literal(value), metadata, spec });

export const platform = kind("Platform", top, platformSpec).describe("A multi-region platform.");
export const region = kind("Region", owned, regionSpec).describe("One region of a platform.");
export const workspace = kind("Workspace", owned, workspaceSpec).describe("One tenant of a platform.");
export const exemption = kind("Exemption", owned, exemptionSpec).describe("A waiver of rules.");
export const priceBook = kind("PriceBook", top, priceBookSpec).describe("Prices of one's own.");

/** Any manifest. */
export const manifest = z.discriminatedUnion("kind", [platform, region, workspace, exemption, priceBook]);

/** Schemas by kind, as published under schemas/. */
export const KINDS = {
  Platform: platform,
  Region: region,
  Workspace: workspace,
  Exemption: exemption,
  PriceBook: priceBook,
} as const;
export type Kind = keyof typeof KINDS;

/** Readonly all the way down. */
export type Deep<T> = T extends readonly (infer U)[]
  ? readonly Deep<U>[]
  : T extends object
    ? { readonly [K in keyof T]: Deep<T[K]> }
    : T;

/** What a person may write. */
export type WrittenManifest = Deep<z.input<typeof manifest>>;

/** What the code may rely on: every default filled in, durations in seconds, money split. */
export type ResolvedManifest = Deep<z.output<typeof manifest>>;
export type PlatformManifest = Deep<z.output<typeof platform>>;
export type RegionManifest = Deep<z.output<typeof region>>;
export type WorkspaceManifest = Deep<z.output<typeof workspace>>;
export type ExemptionManifest = Deep<z.output<typeof exemption>>;
export type PriceBookManifest = Deep<z.output<typeof priceBook>>;
