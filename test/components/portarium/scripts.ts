/** Runs a script as its Job does, with stand-ins for the commands it calls. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ran {
  readonly status: number | null;
  /** Each call of a stand-in, with its arguments. */
  readonly calls: readonly string[];
  readonly stderr: string;
}

/** `commands` are bodies of sh; every call of one is kept before its body runs. */
export function runScript(script: string, commands: Readonly<Record<string, string>>): Ran {
  const folder = mkdtempSync(join(tmpdir(), "meridian-script-"));
  try {
    const log = join(folder, "calls");
    writeFileSync(log, "");
    for (const [name, body] of Object.entries(commands)) {
      const file = join(folder, name);
      writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> "${log}"\n${body}\n`);
      chmodSync(file, 0o755);
    }
    const env = { PATH: `${folder}:/usr/bin:/bin`, FOLDER: folder };
    const { status, stderr } = spawnSync("/bin/sh", ["-eu", "-c", script], {
      env,
      encoding: "utf8",
      timeout: 20_000,
    });
    const calls = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return { status, calls, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
