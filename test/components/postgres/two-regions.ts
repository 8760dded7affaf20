/** Two real servers with pglogical, one a region, as the pods of the project set them up. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installSql, PREPARE_SQL, STEP_SQL } from "../../../components/postgres/sql/pglogical/install";
import { SCRIPT } from "../../../components/postgres/sql/pglogical/script";

const PACKAGES = "/usr/lib/postgresql";
const versions = existsSync(PACKAGES) ? readdirSync(PACKAGES) : [];

/** Folder of the programs of a PostgreSQL that has pglogical; undefined where there is none. */
export const bin = versions
  .filter((version) => existsSync(join(PACKAGES, version, "lib", "pglogical.so")))
  .map((version) => join(PACKAGES, version, "bin"))
  .find((folder) => existsSync(join(folder, "initdb")));

if (bin === undefined) {
  console.warn("skipped: no PostgreSQL with pglogical here (Debian: postgresql-15-pglogical)");
}

/** PostgreSQL refuses to run as root, so there it runs as nobody. */
const NOBODY = 65_534;
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
export const OWNER_PASSWORD = "own3r 'quoted'";
export const PASSWORD = "s3cret \\ 'quoted'";

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });

/** One region's server: a folder and a port. */
export class Server {
  /** Of the admin. */
  password = PASSWORD;
  readonly #data: string;
  readonly #log: string;

  private constructor(
    readonly region: string,
    readonly folder: string,
    readonly port: number,
  ) {
    this.#data = join(folder, "data");
    this.#log = join(folder, "log");
  }

  static async make(region: string, root: string): Promise<Server> {
    const folder = join(root, region);
    mkdirSync(folder);
    if ("uid" in identity) chownSync(folder, NOBODY, NOBODY);
    const server = new Server(region, folder, await freePort());
    const passwords = join(folder, "password");
    writeFileSync(passwords, PASSWORD);
    server.#run("initdb", [
      "-D",
      server.#data,
      "-A",
      "scram-sha-256",
      "-U",
      "admin",
      "--pwfile",
      passwords,
      "--no-sync",
    ]);
    server.start();
    return server;
  }

  start(): void {
    const settings = {
      port: this.port,
      listen_addresses: "127.0.0.1",
      unix_socket_directories: this.folder,
      fsync: "off",
      wal_level: "logical",
      shared_preload_libraries: "pglogical",
      track_commit_timestamp: "on",
      max_worker_processes: 24,
      max_replication_slots: 12,
      max_wal_senders: 12,
      log_error_verbosity: "terse",
      "pglogical.conflict_resolution": "last_update_wins",
      wal_retrieve_retry_interval: "500ms",
      // Minor versions of 2026 have an allow-list, which older ones refuse to know.
      ...(this.#run("postgres", ["--describe-config"]).includes("output_plugin_libraries")
        ? { output_plugin_libraries: "pglogical_output" }
        : {}),
    };
    const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${String(value)}'`);
    this.#run("pg_ctl", ["-D", this.#data, "-w", "-l", this.#log, "-o", options.join(" "), "start"]);
  }

  /** As when the machine is gone. */
  kill(): void {
    this.#run("pg_ctl", ["-D", this.#data, "-m", "immediate", "-w", "stop"]);
  }

  log(): string {
    return readFileSync(this.#log, "utf8");
  }

  sql(database: string, text: string, login?: { readonly user: string; readonly password: string }): string {
    const env = login === undefined ? {} : { PGUSER: login.user, PGPASSWORD: login.password };
    return this.#run(
      "psql",
      ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database],
      text,
      env,
    ).trim();
  }

  get environment() {
    const { port, folder } = this;
    const own = {
      PGHOST: "127.0.0.1",
      PGPORT: String(port),
      PGUSER: "admin",
      PGPASSWORD: this.password,
      PGSSLMODE: "prefer",
    };
    return { ...own, TMPDIR: folder, PATH: `${bin ?? ""}:${process.env["PATH"] ?? ""}` };
  }

  #run(
    tool: string,
    args: readonly string[],
    input = "",
    env: Readonly<Record<string, string>> = {},
  ): string {
    const options = {
      ...identity,
      input,
      encoding: "utf8",
      env: { ...this.environment, ...env },
      cwd: this.folder,
    } as const;
    return execFileSync(join(bin ?? "", tool), args, { ...options, stdio: "pipe" });
  }
}

/** The two regions of eden, side by side on one machine. */
export class TwoRegions {
  readonly #running = new Set<ChildProcess>();
  output = "";

  private constructor(
    private readonly root: string,
    readonly east: Server,
    readonly west: Server,
  ) {}

  static async make(): Promise<TwoRegions> {
    const root = mkdtempSync(join(tmpdir(), "pglogical-"));
    if ("uid" in identity) chownSync(root, NOBODY, NOBODY);
    const [east, west] = await Promise.all([Server.make("us-east-1", root), Server.make("us-west-2", root)]);
    writeFileSync(join(root, "install.sql"), installSql("replication_conflicts"));
    writeFileSync(join(root, "step.sql"), STEP_SQL);
    writeFileSync(join(root, "prepare.sql"), PREPARE_SQL);
    writeFileSync(join(root, "admin"), PASSWORD);
    for (const database of ["eden_vault", "eden_flow", "eden_task"])
      writeFileSync(join(root, database), OWNER_PASSWORD);
    return new TwoRegions(root, east, west);
  }

  /** The region's pod over one database, as a process. `alone` says there is no other region (any more). */
  job(
    server: Server,
    database: string,
    { alone = false, verb = "join", seedPort = this.east.port } = {},
  ): ChildProcess & { done: Promise<number | null> } {
    const settings = join(server.folder, `${database}.json`);
    const other = server === this.east ? this.west : this.east;
    const value = {
      region: server.region,
      index: server === this.east ? 0 : 1,
      stride: 16,
      host: "127.0.0.1",
      port: server.port,
      user: "admin",
      sslmode: "prefer",
      seed: "us-east-1",
      localSchemas: ["local"],
      logging: "true",
      peers: alone ? [] : [{ region: other.region, host: "127.0.0.1", port: other.port }],
    };
    writeFileSync(settings, JSON.stringify(value));
    const child = spawn("sh", ["-c", SCRIPT, "pglogical", verb, database], {
      ...identity,
      cwd: this.root,
      env: {
        ...server.environment,
        MERIDIAN_PAUSE: "0.3",
        MERIDIAN_SQL: this.root,
        MERIDIAN_SECRETS: this.root,
        MERIDIAN_SETTINGS: settings,
        SEED_HOST: "127.0.0.1",
        SEED_PORT: String(seedPort),
      },
    });
    this.#running.add(child);
    const read = (chunk: Buffer): void => void (this.output += chunk.toString());
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    const done = new Promise<number | null>((resolve) =>
      child.once("exit", (code) => {
        this.#running.delete(child);
        resolve(code);
      }),
    );
    return Object.assign(child, { done });
  }

  /** The database in both regions, joined: the first region's keeper runs on. */
  async joined(database: string, schema: string): Promise<ChildProcess> {
    await this.job(this.east, database).done;
    // As its service does: the role of the database's name.
    this.east.sql(database, schema, { user: database, password: OWNER_PASSWORD });
    const keeper = this.job(this.east, database, { verb: "keep" });
    await this.job(this.west, database).done;
    return keeper;
  }

  /** As when the secret has changed and RDS with it: pods read it again. */
  rotate(password: string): void {
    for (const server of [this.east, this.west]) {
      server.sql("postgres", `alter role admin password '${password}'`);
      server.password = password;
    }
    writeFileSync(join(this.root, "admin"), password);
  }

  stop(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    for (const server of [this.east, this.west]) {
      try {
        server.kill();
      } catch {
        // it was down
      }
    }
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Waits for what replication brings about. */
export async function until(met: () => boolean, what: () => string, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!met()) {
    if (Date.now() > end) throw new RangeError(`not within ${String(seconds)}s: ${what()}`);
    await sleep(100);
  }
}
