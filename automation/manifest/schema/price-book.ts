import { z } from "zod";
import { money, object, percent, text } from "./common";

/** Prices of one's own: overrides and discounts over the catalog. */
export const priceBookSpec = object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  asOf: z.iso.date(),
  discount: percent.default(0),
  rates: z
    .record(z.string().regex(/^[A-Z]{3}$/), z.number().positive())
    .prefault({})
    .describe("Units of the currency for one of each other."),
  prices: z
    .array(
      object({
        item: text,
        unit: z.enum(["hour", "month", "gb-month", "gb", "million", "each"]),
        price: money,
      }),
    )
    .prefault([]),
});
