import { timeNode } from "./child";
import { type Bench, median } from "./figure";

const SCRIPT = `
const began = performance.now();
require("./dist/automation/manifest/load.js");
require("./dist/automation/fleet/plan/plan-platform.js");
require("./dist/automation/fleet/affected.js");
process.stdout.write(String(performance.now() - began));
`;

export const importPure: Bench = {
  name: "import",
  about: "importing the pure half: manifests, rules, planning",
  run: (size) => {
    const times = Array.from({ length: size === "smoke" ? 3 : 9 }, () =>
      Number(timeNode(["-e", SCRIPT]).stdout),
    );
    return [{ name: "import of the pure half", value: median(times), unit: "ms", target: { atMost: 100 } }];
  },
};
