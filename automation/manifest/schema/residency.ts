import { z } from "zod";
import { jurisdiction, object, set, text } from "./common";

export const transferBasis = z.enum(["adequacy", "scc", "bcr", "derogation", "dpf", "consent"]).meta({
  id: "TransferBasis",
  description:
    "Legal basis of a transfer: adequacy decision, standard contractual clauses, binding corporate rules, …",
});

export const residency = object({
  jurisdictions: set(jurisdiction).prefault([]).describe("Where data may be; none means anywhere."),
  dataClasses: set(z.enum(["personal", "health", "financial", "evidence", "telemetry", "public"])).prefault(
    [],
  ),
  transfers: z
    .array(
      object({
        to: jurisdiction,
        basis: transferBasis,
        since: z.iso.date().describe("When the basis took effect."),
        note: text.optional(),
      }),
    )
    .prefault([]),
}).meta({ id: "Residency", description: "Where data may live, and what may leave on which basis." });
