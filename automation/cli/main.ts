import { guardedTerminal } from "./guarded-terminal";
import { runCli } from "./run-cli";
import { realTerminal } from "./terminal";

void runCli(process.argv.slice(2), guardedTerminal(realTerminal())).then((code) => {
  process.exitCode = code;
});
