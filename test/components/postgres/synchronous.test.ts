/** What `synchronousOf` promises, held against a real PostgreSQL with a standby region and two instances beside it. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { synchronousOf } from "../../../components/postgres/cnpg-synchronous";

const PACKAGES = "/usr/lib/postgresql";
const folders = [
  ...(process.env["PATH"] ?? "").split(":"),
  ...(existsSync(PACKAGES) ? readdirSync(PACKAGES).map((version) => join(PACKAGES, version, "bin")) : []),
];
const bin = folders.find((folder) =>
  ["initdb", "pg_ctl", "psql", "pg_basebackup"].every((tool) => existsSync(join(folder, tool))),
);
if (bin === undefined) console.warn("skipped: no initdb, pg_ctl, psql and pg_basebackup on this machine");

/** PostgreSQL refuses to run as root, so there it runs as nobody. */
const NOBODY = 65_534;
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const root = bin === undefined ? "" : mkdtempSync(join(tmpdir(), "synchronous-"));
const folder = (name: string): string => join(root, name);
const run = (tool: string, args: readonly string[]): string =>
  execFileSync(join(bin ?? "", tool), args, { ...identity, encoding: "utf8", stdio: "pipe" });

function start(name: string): void {
  const options = `-k ${folder(name)} -c listen_addresses='' -c fsync=off -c max_wal_senders=8`;
  run("pg_ctl", [
    "-D",
    join(folder(name), "data"),
    "-w",
    "-l",
    join(folder(name), "log"),
    "-o",
    options,
    "start",
  ]);
}

const stop = (name: string): void =>
  void run("pg_ctl", ["-D", join(folder(name), "data"), "-m", "immediate", "-w", "stop"]);

function make(name: string): void {
  mkdirSync(folder(name));
  if ("uid" in identity) chownSync(folder(name), NOBODY, NOBODY);
}

/** A standby known by its name, as CNPG's instances and replica clusters are. */
function follow(name: string): void {
  make(name);
  const from = `host=${folder(PRIMARY)} user=postgres application_name=${name}`;
  run("pg_basebackup", [
    "-d",
    from,
    "-D",
    join(folder(name), "data"),
    "-R",
    "-X",
    "stream",
    "-c",
    "fast",
    "--no-sync",
  ]);
  start(name);
}

const PRIMARY = "pg-1";
const BESIDE = ["pg-2", "pg-3"];
const NORTH = "pg-north";
const psql = (sql: string, timeout = 20_000) =>
  spawnSync(join(bin ?? "", "psql"), ["-XqAt", "-h", folder(PRIMARY), "-U", "postgres", "-c", sql], {
    ...identity,
    encoding: "utf8",
    timeout,
  });

/** `synchronous_standby_names` as CNPG makes it of the stanza: names before, then instances, healthy ones first. */
function configure(dataDurability: "required" | "preferred"): void {
  const synchronous = { standbys: 1, dataDurability, across: [NORTH] };
  const stanza = synchronousOf({ instances: 3, synchronous }).synchronous as {
    method: string;
    number: number;
    standbyNamesPre: readonly string[];
    maxStandbyNamesFromCluster: number;
  };
  const names = [...stanza.standbyNamesPre, ...BESIDE.slice(0, stanza.maxStandbyNamesFromCluster)];
  const value = `${stanza.method} ${String(stanza.number)} (${names.map((name) => `"${name}"`).join(",")})`;
  psql(`alter system set synchronous_standby_names = '${value}'`);
  psql("select pg_reload_conf()");
}

/** Who confirms: `pg-2 sync, pg-3 potential`. */
async function confirming(expected: string): Promise<void> {
  const ask = (): string =>
    psql(
      "select string_agg(application_name || ' ' || sync_state, ', ' order by application_name) from pg_stat_replication where state = 'streaming'",
    ).stdout.trim();
  for (let attempt = 0; attempt < 80 && ask() !== expected; attempt += 1) await sleep(100);
  expect(ask()).toBe(expected);
}

/** Whether a write is confirmed within two seconds. */
const writes = (): boolean =>
  psql("insert into t select coalesce(max(id), 0) + 1 from t", 2_000).status === 0;

(bin === undefined ? describe.skip : describe)("commits that wait for another region", () => {
  beforeAll(() => {
    chmodSync(root, 0o755);
    make(PRIMARY);
    run("initdb", ["-D", join(folder(PRIMARY), "data"), "-A", "trust", "-U", "postgres", "--no-sync"]);
    start(PRIMARY);
    psql("create table t (id int primary key)");
    for (const name of [...BESIDE, NORTH]) follow(name);
  });
  afterAll(() => {
    for (const name of [...BESIDE, NORTH, PRIMARY]) {
      if (existsSync(join(folder(name), "data", "postmaster.pid"))) stop(name);
    }
    rmSync(root, { recursive: true, force: true });
  });

  test("preferred: the region and one instance; each alone may be lost, and no write is", async () => {
    configure("preferred");
    await confirming("pg-2 sync, pg-3 potential, pg-north sync");
    expect(writes()).toBe(true);

    stop(NORTH);
    await confirming("pg-2 sync, pg-3 sync");
    expect(writes()).toBe(true);

    start(NORTH);
    await confirming("pg-2 sync, pg-3 potential, pg-north sync");
    stop("pg-2");
    await confirming("pg-3 sync, pg-north sync");
    expect(writes()).toBe(true);
    start("pg-2");
    await confirming("pg-2 sync, pg-3 potential, pg-north sync");
  });

  test("required: without the region writes stop, and go on when it is back", async () => {
    configure("required");
    await confirming("pg-2 sync, pg-3 async, pg-north sync");
    expect(writes()).toBe(true);
    stop(NORTH);
    await confirming("pg-2 sync, pg-3 async");
    expect(writes()).toBe(false);
    start(NORTH);
    await confirming("pg-2 sync, pg-3 async, pg-north sync");
    expect(writes()).toBe(true);
  });
});
