import { timeNode } from "./child";
import { type Bench, median } from "./figure";

export const workspaces: Bench = {
  name: "workspaces",
  about: "10,000 generated workspaces in 20 regions: load, validate, resolve, specs",
  seconds: 12,
  run: async () => {
    const runs = Array.from({ length: 3 }, () => {
      const { stdout } = timeNode(["dist/bench/workspaces-child.js"]);
      return JSON.parse(stdout) as { readonly seconds: number; readonly megabytes: number };
    });
    return [
      {
        name: "10,000 workspaces",
        value: median(runs.map(({ seconds }) => seconds)),
        unit: "s",
        target: { atMost: 1.5 },
      },
      {
        name: "10,000 workspaces, memory",
        value: median(runs.map(({ megabytes }) => megabytes)),
        unit: "MB",
        target: { atMost: 400 },
      },
    ];
  },
};
