import { z } from "zod";
import { name, object, text } from "./common";

/** A waiver of rules: bounded in time, with somebody's name on it. */
export const exemptionSpec = object({
  rules: z.array(z.string().regex(/^[A-Z]{2,8}-\d{3}$/)).min(1),
  selector: object({
    region: name.optional(),
    workspace: name.optional(),
    service: name.optional(),
    path: z.string().max(200).optional(),
  }).prefault({}),
  reason: text,
  ticket: z.string().min(1).max(200),
  approvedBy: z.string().min(1).max(200),
  expiresAt: z.iso.date(),
});
