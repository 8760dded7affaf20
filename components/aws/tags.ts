/** What tags say of a resource besides its own name. */
export interface Tagged {
  readonly platform: string;
  /** The region, or the stack's own name for what is in none: `global`. */
  readonly scope: string;
}

/** What a resource holds; absent from tags where it holds nothing. */
export type DataClass = "customer" | "credentials" | "backup" | "log" | "public";

/** On every resource that takes tags: what a bill, an inventory and an audit are grouped by. */
export const tagsOf = (
  { platform, scope }: Tagged,
  name: string,
  data?: DataClass,
): Readonly<Record<string, string>> => ({
  Name: `${platform}-${name}`,
  platform,
  region: scope,
  "managed-by": "meridian",
  ...(data === undefined ? {} : { "data-class": data }),
});
