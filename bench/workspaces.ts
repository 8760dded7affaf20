import { formatCount } from "../automation/review/table/units";
import { timeNode } from "./child";
import { type Bench, median } from "./figure";

export const workspaces: Bench = {
  name: "workspaces",
  about: "generated workspaces in 20 regions: load, validate, resolve, specs",
  run: (size) => {
    const [count, runCount] = size === "smoke" ? [500, 1] : [10_000, 3];
    const name = `${formatCount(count)} workspaces`;
    const runs = Array.from({ length: runCount }, () => {
      const { stdout } = timeNode(["dist/bench/workspaces-child.js", String(count)]);
      return JSON.parse(stdout) as { readonly seconds: number; readonly megabytes: number };
    });
    return [
      {
        name: `${name}, load to specs`,
        value: median(runs.map(({ seconds }) => seconds)),
        unit: "s",
        target: { atMost: 1.5 },
      },
      {
        name: `${name}, memory`,
        value: median(runs.map(({ megabytes }) => megabytes)),
        unit: "MB",
        target: { atMost: 400 },
      },
    ];
  },
};
