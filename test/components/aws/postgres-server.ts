/** A real PostgreSQL of this machine's packages, for one test file: own folder, no network, stopped by its own tool. */
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PACKAGES = "/usr/lib/postgresql";
const folders = [
  ...(existsSync(PACKAGES) ? readdirSync(PACKAGES).map((version) => join(PACKAGES, version, "bin")) : []),
  ...(process.env["PATH"] ?? "").split(":"),
];

/** Where its tools are; undefined on a machine without PostgreSQL. */
export const postgresTools = folders.find((folder) =>
  ["initdb", "pg_ctl", "psql"].every((tool) => existsSync(join(folder, tool))),
);

/** PostgreSQL refuses to run as root, so there it runs as nobody. */
const NOBODY = 65_534;
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** A started server; `psql` connects over its socket. */
export class PostgresServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "mrd-pg-"));
  readonly #data = join(this.#folder, "data");

  constructor(private readonly tools: string) {
    if ("uid" in identity) chownSync(this.#folder, NOBODY, NOBODY);
    this.#run("initdb", ["-D", this.#data, "-A", "trust", "-U", "postgres", "--no-sync"]);
    const options = `-k ${this.#folder} -c listen_addresses='' -c fsync=off`;
    this.#run("pg_ctl", ["-D", this.#data, "-w", "-l", join(this.#folder, "log"), "-o", options, "start"]);
  }

  /** Lines of the answer; throws with what the server says when a statement fails. */
  psql(
    sql: string,
    user = "postgres",
    { args = [], env = {} }: { args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
  ): readonly string[] {
    const fixed = ["-h", this.#folder, "-U", user, "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-XqAt"];
    const answer = this.#run("psql", [...fixed, ...args], sql, env).trim();
    return answer === "" ? [] : answer.split("\n");
  }

  stop(): void {
    this.#run("pg_ctl", ["-D", this.#data, "-m", "immediate", "stop"]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(tool: string, args: readonly string[], input = "", env: NodeJS.ProcessEnv = {}): string {
    const options = { ...identity, input, encoding: "utf8" as const, stdio: "pipe" as const };
    return execFileSync(join(this.tools, tool), args, { ...options, env: { ...process.env, ...env } });
  }
}
