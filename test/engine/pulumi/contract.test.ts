/** @jest-environment ./test/engine/engine-environment.ts */
import { join } from "node:path";
import { pulumiEngine } from "../../../automation/engine/pulumi/pulumi-engine";
import { engineContract } from "../contract";
import { describeWithEngine, scratchFolder } from "../real-engine";

describeWithEngine("the pulumi engine", () => {
  engineContract(
    "the pulumi engine",
    async () => {
      const { folder, remove } = scratchFolder();
      return {
        engine: pulumiEngine({ folder: join(folder, ".meridian") }),
        cleanup: async () => remove(),
      };
    },
    { timeoutSeconds: 90 },
  );
});
