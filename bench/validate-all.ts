import { timeNode } from "./child";
import { type Bench, median } from "./figure";

export const validateAll: Bench = {
  name: "validate",
  about: "meridian validate of every platform, process start included",
  seconds: 5,
  run: async () => {
    const times = Array.from(
      { length: 9 },
      () => timeNode(["bin/meridian", "validate", "--json"]).milliseconds,
    );
    return [{ name: "validate, all platforms", value: median(times), unit: "ms", target: { atMost: 400 } }];
  },
};
