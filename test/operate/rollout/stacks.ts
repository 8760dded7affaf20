import type { Ordered } from "../../../automation/fleet/stack-order";

export interface TestStack extends Ordered {
  readonly platform: string;
}

/** `app < db,net` reads: stack app, after db and net. */
export function parseStack(text: string): TestStack {
  const [stack = "", after = ""] = text.split(" < ");
  return { platform: "shop", stack, after: after.split(",").filter((name) => name !== "") };
}
