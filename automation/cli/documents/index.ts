/** Every document that `--json` prints, one a verb; published under schemas/cli/. */
import { z } from "zod";
import { changes, diagnostic, failure, step, target } from "./common";

const seconds = z.number().min(0);

const counts = z.strictObject({
  files: z.int(),
  platforms: z.int(),
  regions: z.int(),
  workspaces: z.int(),
  errors: z.int(),
  warnings: z.int(),
});

export const validateDocument = z.strictObject({
  command: z.literal("validate"),
  ok: z.boolean(),
  diagnostics: z.array(diagnostic),
  counts,
  seconds,
});

const plannedStack = z.strictObject({
  stack: z.string(),
  kind: z.enum(["region", "global", "workspaces"]),
  region: z.string().optional(),
  provider: z.string(),
  after: z.array(z.string()),
  wave: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  resources: z.array(z.strictObject({ urn: z.string(), type: z.string(), name: z.string() })),
});

export const planDocument = z.strictObject({
  command: z.literal("plan"),
  ok: z.boolean(),
  platforms: z.array(
    z.strictObject({
      platform: z.string(),
      topology: z.string(),
      writers: z.array(z.strictObject({ region: z.string(), epoch: z.int() })),
      unbuilt: z.array(z.string()),
      stacks: z.array(plannedStack),
      map: z.string().optional(),
    }),
  ),
  seconds,
});

const stackRun = z.strictObject({
  stack: z.string(),
  status: z.enum(["done", "failed", "blocked", "stopped"]),
  changes: changes.optional(),
  steps: z.array(step).optional(),
  seconds: seconds.optional(),
  waitedFor: z.array(z.string()).optional(),
  error: failure.optional(),
});

const runDocument = <C extends "preview" | "apply" | "destroy">(command: C) =>
  z.strictObject({
    command: z.literal(command),
    ok: z.boolean(),
    target,
    engine: z.enum(["graph", "pulumi"]),
    unbuilt: z.array(z.strictObject({ platform: z.string(), services: z.array(z.string()) })),
    stacks: z.array(stackRun),
    seconds,
  });

export const previewDocument = runDocument("preview");
export const applyDocument = runDocument("apply");
export const destroyDocument = runDocument("destroy");

/** `start` plans every platform and applies those that have components. */
export const startDocument = z.strictObject({
  command: z.literal("start"),
  ok: z.boolean(),
  counts,
  planned: z.array(
    z.strictObject({
      platform: z.string(),
      stacks: z.int(),
      resources: z.int(),
      unbuilt: z.array(z.string()),
      map: z.string(),
    }),
  ),
  engine: z.enum(["graph", "pulumi"]),
  /** Why the real engine could not be had. */
  missing: failure.optional(),
  run: applyDocument,
  seconds,
});

export const statusDocument = z.strictObject({
  command: z.literal("status"),
  ok: z.boolean(),
  target,
  stacks: z.array(
    z.strictObject({
      stack: z.string(),
      state: z.enum(["in-sync", "differs", "not-applied", "orphaned", "unfinished"]),
      resources: z.int(),
      pending: z.array(z.string()),
      updatedAt: z.string().optional(),
    }),
  ),
});

export const unlockDocument = z.strictObject({
  command: z.literal("unlock"),
  ok: z.boolean(),
  stack: z.string(),
  target,
  /** Whether somebody had it. */
  locked: z.boolean(),
  /** The fencing token now. */
  token: z.int(),
  holder: z
    .strictObject({
      user: z.string(),
      host: z.string(),
      pid: z.int(),
      since: z.string(),
      liveness: z.enum(["alive", "dead", "elsewhere"]),
      run: z.string().optional(),
      doing: z.string().optional(),
    })
    .optional(),
});

export const graphDocument = z.strictObject({
  command: z.literal("graph"),
  ok: z.boolean(),
  platforms: z.array(
    z.looseObject({
      platform: z.string(),
      nodes: z.array(z.unknown()),
      edges: z.array(z.unknown()),
    }),
  ),
});

export const runbookDocument = z.strictObject({
  command: z.literal("runbook"),
  ok: z.boolean(),
  platform: z.string(),
  /** The Platform manifest it is made from. */
  manifest: z.string(),
  /** Services that Meridian applies nothing of yet. */
  unbuilt: z.array(z.string()),
  /** Written to, with --out. */
  file: z.string().optional(),
  markdown: z.string(),
});

export const initDocument = z.strictObject({
  command: z.literal("init"),
  ok: z.boolean(),
  files: z.array(z.string()),
});

const explainedField = z.strictObject({
  command: z.literal("explain"),
  ok: z.boolean(),
  path: z.string(),
  type: z.string(),
  description: z.string().optional(),
  default: z.unknown().optional(),
  values: z.array(z.string()).optional(),
  examples: z.array(z.unknown()).optional(),
  fields: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      required: z.boolean(),
      description: z.string().optional(),
    }),
  ),
});

const explainedCode = z.strictObject({
  command: z.literal("explain"),
  ok: z.boolean(),
  code: z.string().regex(/^MRD\d{4}$/),
  family: z.string(),
  title: z.string(),
  meaning: z.string(),
  example: z.strictObject({ wrong: z.string(), right: z.string() }).optional(),
  next: z.string(),
});

/** A field of a manifest, or a code. */
export const explainDocument = z.union([explainedField, explainedCode]);

/** Printed in place of a verb's own document when it could not do its work at all. */
export const errorDocument = z.strictObject({
  command: z.string(),
  ok: z.literal(false),
  error: failure,
  diagnostics: z.array(diagnostic).optional(),
});

export const DOCUMENTS = {
  validate: validateDocument,
  plan: planDocument,
  preview: previewDocument,
  apply: applyDocument,
  destroy: destroyDocument,
  start: startDocument,
  status: statusDocument,
  unlock: unlockDocument,
  graph: graphDocument,
  runbook: runbookDocument,
  init: initDocument,
  explain: explainDocument,
  error: errorDocument,
} as const;

export type Document = z.input<(typeof DOCUMENTS)[keyof typeof DOCUMENTS]>;
export type RunDocument =
  z.input<typeof applyDocument> | z.input<typeof previewDocument> | z.input<typeof destroyDocument>;
export type StartDocument = z.input<typeof startDocument>;
export type StackRun = z.input<typeof stackRun>;
