/** One command line against a folder of its own, with everything it prints. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { guardedTerminal } from "../../automation/cli/guarded-terminal";
import { runCli } from "../../automation/cli/run-cli";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface World {
  readonly env?: Readonly<Record<string, string>>;
  /** What `isTTY` says of both streams. */
  readonly isTTY?: boolean;
}

function collector(isTTY: boolean): { readonly stream: Writable; readonly text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString("utf8"));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), text: () => chunks.join("") };
}

/** Runs `meridian ARGS` in a folder; the clock stands still. */
export async function run(cwd: string, args: readonly string[], world: World = {}): Promise<Ran> {
  const [out, err] = [collector(world.isTTY === true), collector(world.isTTY === true)];
  const terminal = { cwd, env: world.env ?? {}, stdout: out.stream, stderr: err.stream, now: () => 0 };
  const code = await runCli(args, guardedTerminal(terminal));
  return { code, stdout: out.text(), stderr: err.text() };
}

/** `run` with the words of a line: no quoting. */
export const meridian = (cwd: string, line: string, world?: World): Promise<Ran> =>
  run(
    cwd,
    line.split(" ").filter((word) => word !== ""),
    world,
  );

const folders: string[] = [];

/** An empty folder, gone after the tests of the file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "meridian-cli-"));
  folders.push(folder);
  return folder;
}

export function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A folder in which `meridian init shop` has just run. */
export async function shopFolder(): Promise<string> {
  const folder = emptyFolder();
  const { code } = await meridian(folder, "init shop");
  if (code !== 0) throw new RangeError("the first platform does not validate");
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
