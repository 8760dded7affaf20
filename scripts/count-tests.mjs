// Prints `N passed, N failed` from jest's own JSON; each failed step of CI counts as one failure.
import { existsSync, readFileSync } from "node:fs";

const [, , path, failedSteps = ""] = process.argv;
const steps = failedSteps.split(" ").filter((step) => step !== "" && step !== "test").length;
if (!existsSync(path)) {
  console.log(`0 passed, ${steps + 1} failed`);
  process.exit(1);
}
const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(path, "utf8"));
const failed = numFailedTests + numRuntimeErrorTestSuites + steps;
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
