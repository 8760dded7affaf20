import { timeNode } from "./child";
import { type Bench, median } from "./figure";

export const validateAll: Bench = {
  name: "validate",
  about: "meridian validate of every platform, process start included",
  run: (size) => {
    const times = Array.from(
      { length: size === "smoke" ? 3 : 9 },
      () => timeNode(["bin/meridian", "validate", "--json"]).milliseconds,
    );
    return [{ name: "validate, all platforms", value: median(times), unit: "ms", target: { atMost: 400 } }];
  },
};
