import type { Registered } from "../registered";

/** `type name` of what is new, gone or not the same, sorted. */
export function changedIn(before: readonly Registered[], after: readonly Registered[]): readonly string[] {
  const keyOf = ({ type, name }: Registered): string => `${type.split(":").at(-1) ?? ""} ${name}`;
  const texts = (all: readonly Registered[]) => new Map(all.map((one) => [keyOf(one), JSON.stringify(one)]));
  const [old, next] = [texts(before), texts(after)];
  return [...new Set([...old.keys(), ...next.keys()])].filter((key) => old.get(key) !== next.get(key)).sort();
}
