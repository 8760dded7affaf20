/** Migrations run by a real PostgreSQL, a writer and its copy for queries, where the machine has one. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { MigrationPhase } from "../../../automation/fleet/specs/kubernetes/migrations";
import { REFUSED, RUNNER } from "../../../components/migrations/runner";

const PACKAGES = "/usr/lib/postgresql";
const folders = [
  ...(process.env["PATH"] ?? "").split(":"),
  ...(existsSync(PACKAGES) ? readdirSync(PACKAGES).map((version) => join(PACKAGES, version, "bin")) : []),
];
const bin = folders.find((folder) =>
  ["initdb", "pg_ctl", "psql"].every((tool) => existsSync(join(folder, tool))),
);
if (bin === undefined) console.warn("skipped: no initdb, pg_ctl and psql on this machine");

/** PostgreSQL refuses to run as root, so there it runs as nobody. */
const NOBODY = 65_534;
const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const environment = { PATH: `${bin ?? ""}:/usr/bin:/bin`, HOME: "/tmp" };

const root = bin === undefined ? "" : mkdtempSync(join(tmpdir(), "migrations-"));
const folder = (cluster: string): string => join(root, cluster);
const run = (tool: string, args: readonly string[]): string =>
  execFileSync(join(bin ?? "", tool), args, {
    ...identity,
    env: environment,
    encoding: "utf8",
    stdio: "pipe",
  });
const sql = (cluster: string, text: string, user = "postgres"): string =>
  run("psql", [
    "-XqAt",
    "-v",
    "ON_ERROR_STOP=1",
    "-h",
    folder(cluster),
    "-U",
    user,
    "-d",
    "shop",
    "-c",
    text,
  ]).trim();

function startServer(cluster: string): void {
  mkdirSync(folder(cluster));
  if ("uid" in identity) chownSync(folder(cluster), NOBODY, NOBODY);
  const data = join(folder(cluster), "data");
  run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync"]);
  const options = `-k ${folder(cluster)} -c listen_addresses='' -c wal_level=logical -c fsync=off -c wal_retrieve_retry_interval=200ms`;
  run("pg_ctl", ["-D", data, "-w", "-l", join(folder(cluster), "log"), "-o", options, "start"]);
  run("psql", [
    "-Xq",
    "-h",
    folder(cluster),
    "-U",
    "postgres",
    "-d",
    "postgres",
    "-c",
    "create role shop login",
    "-c",
    "create database shop owner shop",
  ]);
}

/** `name.sql` of a phase, as the image of a version holds it. */
function file(phase: MigrationPhase, name: string, text: string): void {
  const to = join(root, "migrations", phase);
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, name), text);
}

const TARGETS: Readonly<Record<MigrationPhase, readonly string[]>> = {
  expand: ["copy", "writer"],
  migrate: ["copy", "writer"],
  contract: ["writer", "copy"],
};

const variables = (phase: MigrationPhase, version: number) => ({
  ...environment,
  MIGRATIONS: join(root, "migrations"),
  LOGINS: join(root, "logins"),
  MERIDIAN_PHASE: phase,
  MERIDIAN_VERSION: String(version),
  MERIDIAN_LOCK_TIMEOUT: "1",
  MERIDIAN_PAUSE: "1",
  MERIDIAN_ATTEMPTS: "8",
  MERIDIAN_OWNER: "shop",
  PGDATABASE: "shop",
  WRITER_HOST: folder("writer"),
  TARGETS: TARGETS[phase]
    .map((cluster) => `${cluster} ${folder(cluster)} ${cluster}${cluster === "copy" ? " from_writer" : ""}`)
    .join("\n"),
});

function migrate(phase: MigrationPhase, version = 2) {
  const env = variables(phase, version);
  const { status, stdout, stderr } = spawnSync("sh", ["-c", RUNNER], {
    ...identity,
    env,
    encoding: "utf8",
    timeout: 25_000,
  });
  return { status, did: stdout.split("\n").filter(Boolean), stderr: stderr.trim() };
}

async function eventually(cluster: string, question: string, answer: string): Promise<void> {
  for (let attempt = 0; attempt < 50 && sql(cluster, question) !== answer; attempt += 1) await sleep(100);
  expect(sql(cluster, question)).toBe(answer);
}

const columns = (cluster: string): string =>
  sql(
    cluster,
    "select string_agg(attname, ',' order by attnum) from pg_attribute where attrelid = 'orders'::regclass and attnum > 0 and not attisdropped",
  );

(bin === undefined ? describe.skip : describe)("expand, migrate, contract", () => {
  beforeAll(() => {
    chmodSync(root, 0o755);
    for (const cluster of ["writer", "copy"]) {
      startServer(cluster);
      sql(cluster, "create table orders (id int primary key, price text)", "shop");
    }
    sql("writer", "insert into orders values (1, '10'), (2, '20')", "shop");
    sql("writer", "create publication meridian for all tables");
    sql(
      "copy",
      `create subscription from_writer connection 'host=${folder("writer")} dbname=shop user=postgres' publication meridian`,
    );
    for (const [login, user] of [
      ["writer", "shop"],
      ["copy", "postgres"],
    ] as const) {
      mkdirSync(join(root, "logins", login), { recursive: true });
      writeFileSync(join(root, "logins", login, "username"), user);
      writeFileSync(join(root, "logins", login, "password"), "any");
    }
    file("expand", "001-cents.sql", "alter table orders add column cents int;");
    file("expand", "002-audit.sql", "create table audit (id int primary key, note text);");
    file("migrate", "001-cents.sql", "update orders set cents = price::int * 100 where cents is null;");
    file("contract", "001-price.sql", "alter table orders drop column price;");
  });
  afterAll(() => {
    for (const cluster of ["copy", "writer"])
      run("pg_ctl", ["-D", join(folder(cluster), "data"), "-m", "immediate", "stop"]);
    rmSync(root, { recursive: true, force: true });
  });

  test("expand changes the copy first, and a table that is new is copied too", async () => {
    expect(migrate("expand")).toEqual({
      status: 0,
      did: [
        "copy: expand/001-cents.sql",
        "copy: expand/002-audit.sql",
        "writer: expand/001-cents.sql",
        "writer: expand/002-audit.sql",
      ],
      stderr: "",
    });
    sql("writer", "insert into audit values (1, 'begun')", "shop");
    await eventually("copy", "select note from audit", "begun");
  });

  test("the owner of the tables is the application, whoever made them", () => {
    expect(sql("copy", "select tableowner from pg_tables where tablename = 'audit'")).toBe("shop");
  });

  test("contract before anybody says what serves is refused, and takes nothing away", () => {
    const { status, stderr } = migrate("contract");
    expect({ status, stderr, columns: columns("writer") }).toEqual({
      status: REFUSED,
      stderr: "refused: no instance says which schema it was made for",
      columns: "id,price,cents",
    });
  });

  test("migrate fills the writer alone; the copy takes the rows from it", async () => {
    expect(migrate("migrate")).toEqual({ status: 0, did: ["writer: migrate/001-cents.sql"], stderr: "" });
    await eventually("copy", "select string_agg(cents::text, ',' order by id) from orders", "1000,2000");
  });

  test("contract is refused while an old version serves, and when it is gone goes through", async () => {
    sql(
      "writer",
      "insert into meridian.serving values ('api-1', 'eu-central', 2), ('api-2', 'eu-north', 1)",
      "shop",
    );
    expect(migrate("contract")).toEqual({
      status: REFUSED,
      did: [],
      stderr: "refused: an older version serves: api-2 (eu-north, 1)",
    });
    sql(
      "writer",
      "update meridian.serving set seen_at = now() - interval '1 hour' where instance = 'api-2'",
      "shop",
    );
    expect(migrate("contract")).toEqual({
      status: 0,
      did: ["writer: contract/001-price.sql", "copy: contract/001-price.sql"],
      stderr: "",
    });
    sql("writer", "insert into orders values (3, 3000)", "shop");
    await eventually("copy", "select cents from orders where id = 3", "3000");
    expect([columns("writer"), columns("copy")]).toEqual(["id,cents", "id,cents"]);
  });

  test.each(["expand", "migrate", "contract"] as const)("%s again does nothing", (phase) => {
    expect(migrate(phase)).toEqual({ status: 0, did: [], stderr: "" });
  });

  test("a file that changed after it was done is refused", () => {
    file("expand", "001-cents.sql", "alter table orders add column cents bigint;");
    expect(migrate("expand")).toEqual({
      status: REFUSED,
      did: [],
      stderr: "refused: 001-cents.sql was changed after it had been done on copy: add a file instead",
    });
    file("expand", "001-cents.sql", "alter table orders add column cents int;");
  });

  test("a file that fails leaves nothing of itself, and is done once it is right", () => {
    file("expand", "003-note.sql", "alter table orders add column note text; select 1/0;");
    const { status, stderr } = migrate("expand", 3);
    expect({ status, said: stderr.includes("division by zero"), columns: columns("copy") }).toEqual({
      status: 1,
      said: true,
      columns: "id,cents",
    });
    file("expand", "003-note.sql", "alter table orders add column note text;");
    expect(migrate("expand", 3).did).toEqual(["copy: expand/003-note.sql", "writer: expand/003-note.sql"]);
  });

  test("a lock that is held is given up after a second and tried again", async () => {
    file("expand", "004-tag.sql", "alter table orders add column tag text;");
    const args = [
      "-Xq",
      "-h",
      folder("writer"),
      "-U",
      "shop",
      "-d",
      "shop",
      "-c",
      "begin; lock table orders; select pg_sleep(3)",
    ];
    const holder = spawn(join(bin ?? "", "psql"), args, { ...identity, env: environment, stdio: "ignore" });
    const released = new Promise<void>((resolve) =>
      holder.once("exit", () => {
        resolve();
      }),
    );
    const locks =
      "select count(*) from pg_locks where relation = 'orders'::regclass and mode = 'AccessExclusiveLock'";
    await eventually("writer", locks, "1");
    const { status, did, stderr } = migrate("expand", 4);
    await released;
    expect({ status, did }).toEqual({
      status: 0,
      did: ["copy: expand/004-tag.sql", "writer: expand/004-tag.sql"],
    });
    expect(stderr).toMatch(/004-tag\.sql: a lock is held, attempt 1/);
  });

  test("two runs at once do each file once", async () => {
    file("expand", "005-twice.sql", "create table twice (id int primary key);");
    const runs = [1, 2].map(
      () =>
        new Promise<string>((resolve) => {
          const child = spawn("sh", ["-c", RUNNER], {
            ...identity,
            env: variables("expand", 5),
            stdio: ["ignore", "pipe", "pipe"],
          });
          let said = "";
          child.stdout.on("data", (chunk: Buffer) => {
            said += chunk.toString();
          });
          child.once("exit", () => {
            resolve(said);
          });
        }),
    );
    const did = (await Promise.all(runs)).join("").split("\n").filter(Boolean).sort();
    expect([...new Set(did)]).toEqual(did);
    expect(migrate("expand", 5)).toEqual({ status: 0, did: [], stderr: "" });
    expect(
      sql(
        "writer",
        "select count(*) from meridian.migrations where cluster = 'writer' and file = '005-twice.sql'",
      ),
    ).toBe("1");
  });
});
