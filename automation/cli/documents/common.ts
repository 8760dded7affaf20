/** Shapes shared by the documents that `--json` prints. */
import { z } from "zod";

export const place = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  length: z.int().min(1),
});

export const diagnostic = z.strictObject({
  code: z.string().regex(/^MRD\d{4}$/),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
  hint: z.string().optional(),
  fix: z.string().optional(),
  place,
  path: z.string().optional(),
});

/** What went wrong when a command could not do its work. */
export const failure = z.strictObject({
  code: z.string().regex(/^MRD\d{4}$/),
  message: z.string(),
  stack: z.string().optional(),
  facts: z.array(z.string()),
  next: z.string().optional(),
});

export const operation = z.enum(["same", "create", "update", "replace", "delete", "refresh"]);

export const step = z.strictObject({
  urn: z.string(),
  type: z.string(),
  name: z.string(),
  operation,
  changed: z.array(z.string()),
});

export const changes = z.strictObject({
  create: z.int(),
  update: z.int(),
  replace: z.int(),
  delete: z.int(),
  same: z.int(),
});

export const target = z.enum(["sandbox", "cloud"]);
