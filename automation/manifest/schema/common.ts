/**
 * The words manifests are written in: each is a JSON Schema, a written type and a resolved type at once.
 *
 * `z.input` is what a person writes (`30s`), `z.output` what the code reads (30): parsing an accepted
 * manifest is the one total step between them, and fills in every default.
 */
import { z } from "zod";
import { moneyOf, secondsOf } from "../quantities";

/** An object that knows all its keys: unknown ones are errors. */
export const object = z.strictObject;

export const name = z
  .string()
  .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/)
  .meta({
    id: "Name",
    description: "Lower case letters, digits and dashes, at most 63.",
    examples: ["eu-central"],
  });

export const duration = z
  .string()
  .regex(/^\d{1,9}(ms|s|m|h|d)$/)
  .transform(secondsOf)
  .meta({
    id: "Duration",
    description: "A whole number and ms, s, m, h or d.",
    examples: ["30s", "5m", "14d"],
  });

export const money = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,4})? [A-Z]{3}$/)
  .transform(moneyOf)
  .meta({
    id: "Money",
    description: "An amount and an ISO 4217 currency.",
    examples: ["40 EUR", "13.50 EUR"],
  });

export const bytes = z
  .string()
  .regex(/^\d{1,9}(Ki|Mi|Gi|Ti)$/)
  .meta({ id: "Bytes", description: "A Kubernetes quantity of bytes.", examples: ["50Gi"] });

export const cores = z
  .string()
  .regex(/^\d{1,6}m?$/)
  .meta({ id: "Cores", description: "A Kubernetes quantity of CPU.", examples: ["500m", "2"] });

export const host = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/)
  .meta({ id: "Host", description: "A fully qualified domain name.", examples: ["api.openova.io"] });

export const address = z
  .string()
  .regex(/^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$|^[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}$/)
  .meta({ id: "Address", description: "An IPv4 or IPv6 address.", examples: ["203.0.113.11"] });

export const cidr = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,3}){3}\/(1[2-9]|2[0-8])$/)
  .meta({ id: "Cidr", description: "An IPv4 block from /12 to /28.", examples: ["10.20.0.0/16"] });

export const cron = z
  .string()
  .regex(/^\S+ \S+ \S+ \S+ \S+( \S+)?$/)
  .meta({
    id: "Cron",
    description: "Five cron fields, or six that begin with seconds.",
    examples: ["0 0 2 * * *"],
  });

export const path = z
  .string()
  .max(256)
  .regex(/^\/[A-Za-z0-9._~\-/]*$/)
  .meta({ id: "Path", description: "The path of a URL.", examples: ["/health"] });

export const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .meta({ id: "Country", description: "ISO 3166-1 alpha-2.", examples: ["DE"] });

export const continent = z
  .enum(["africa", "antarctica", "asia", "europe", "north-america", "oceania", "south-america"])
  .meta({ id: "Continent", description: "A continent." });

export const jurisdiction = z
  .string()
  .regex(/^[A-Z][A-Z0-9-]{1,15}$/)
  .meta({ id: "Jurisdiction", description: "A jurisdiction of the catalog.", examples: ["EU", "IN", "US"] });

export const pop = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .meta({ id: "Pop", description: "A Cloudflare point of presence, by airport.", examples: ["FRA"] });

export const count = z.int().min(0).max(100_000).meta({ id: "Count", description: "A whole number from 0." });
export const positive = z
  .int()
  .min(1)
  .max(1_000_000)
  .meta({ id: "Positive", description: "A whole number from 1." });
export const percent = z.number().min(0).max(100).meta({ id: "Percent", description: "From 0 to 100." });
export const ratio = z.number().min(0).max(1).meta({ id: "Ratio", description: "From 0 to 1." });
export const port = z.int().min(1).max(65_535).meta({ id: "Port", description: "A TCP port." });

export const text = z
  .string()
  .min(1)
  .max(2_000)
  .meta({ id: "Text", description: "A sentence or two for people." });
export const texts = z.array(text).max(100).meta({ id: "Texts", description: "A list for people." });

export const secretRef = object({
  secret: name.describe("Looked up in the environment, a file or the Pulumi config."),
}).meta({
  id: "SecretRef",
  description: "The name of a secret, never its value.",
  examples: [{ secret: "kubeconfig-europe" }],
});

export const deletion = z.enum(["protected", "free"]).meta({
  id: "Deletion",
  description: "Whether the data may be deleted with what holds it; apply `free` before taking it away.",
});

export const epoch = z.int().min(1).max(2_147_483_647).meta({
  id: "Epoch",
  description: "Rises by one each time the write owner changes; an older one is refused.",
});

/** A list without repetitions. */
export const set = <T extends z.ZodType>(item: T) => z.array(item).max(1_000).meta({ uniqueItems: true });
