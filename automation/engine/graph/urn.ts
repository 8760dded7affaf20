const STACK_TYPE = "pulumi:pulumi:Stack";

/** The URN the real engine gives: a parent's type is part of it, unless the parent is the stack itself. */
export function urnOf(
  place: { readonly project: string; readonly stack: string },
  resource: { readonly parent: string; readonly type: string; readonly name: string },
): string {
  const parentType = resource.parent.split("::")[2] ?? "";
  const nested = parentType === "" || parentType === STACK_TYPE ? "" : `${parentType}$`;
  return `urn:pulumi:${place.stack}::${place.project}::${nested}${resource.type}::${resource.name}`;
}

/** True for the root resource that Pulumi makes for each stack: it is the stack, not something in it. */
export const isRootStack = (type: string): boolean => type === STACK_TYPE;
