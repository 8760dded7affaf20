import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, timeNode } from "./child";
import { type Bench, median } from "./figure";

/** Milliseconds of a first plan in an empty folder, and of the one after it. */
function planTwice(): { readonly cold: number; readonly unchanged: number } {
  const cwd = mkdtempSync(join(tmpdir(), "meridian-bench-plan-"));
  try {
    const command = [join(root, "bin/meridian"), "plan", "--manifests", join(root, "regions"), "--json"];
    const [cold, unchanged] = [timeNode(command, { cwd }), timeNode(command, { cwd })];
    return { cold: cold.milliseconds, unchanged: unchanged.milliseconds };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

export const planAll: Bench = {
  name: "plan",
  about: "meridian plan of every platform with its maps: cold, and when nothing changed",
  run: (size) => {
    const runs = Array.from({ length: size === "smoke" ? 1 : 5 }, planTwice);
    const seconds = (values: readonly number[]): number => median(values) / 1_000;
    return [
      {
        name: "plan, all platforms, cold",
        value: seconds(runs.map(({ cold }) => cold)),
        unit: "s",
        target: { atMost: 6 },
      },
      {
        name: "plan, all platforms, nothing changed",
        value: seconds(runs.map(({ unchanged }) => unchanged)),
        unit: "s",
        target: { atMost: 0.5 },
      },
    ];
  },
};
