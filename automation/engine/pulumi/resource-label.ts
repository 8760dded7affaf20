import { isRootStack } from "../graph/urn";

/** `Namespace "shop"` of `urn:…::kubernetes:core/v1:Namespace::shop`. */
export function labelOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split(/[:$]/).at(-1) ?? types} "${name.join("::")}"`;
}

/** Whether a resource is meant, and not the stack as a whole. */
export const isOfResource = (urn: string | undefined): urn is string =>
  urn !== undefined && urn !== "" && !isRootStack(urn.split("::")[2] ?? "");
