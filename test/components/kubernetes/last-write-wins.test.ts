/** The rules for conflicts, run by a real PostgreSQL where the machine has one. */
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { lastWriteWins } from "../../../components/postgres/last-write-wins";

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

const run = (tool: string, args: readonly string[], input = ""): string =>
  execFileSync(join(bin ?? "", tool), args, { ...identity, input, encoding: "utf8", stdio: "pipe" });

(bin === undefined ? describe.skip : describe)("last write wins", () => {
  const folder = bin === undefined ? "" : mkdtempSync(join(tmpdir(), "lww-"));
  const data = join(folder, "data");
  const psql = (sql: string): readonly string[] =>
    run("psql", ["-h", folder, "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-qAt"], sql).trim().split("\n");

  beforeAll(() => {
    if ("uid" in identity) chownSync(folder, NOBODY, NOBODY);
    run("initdb", ["-D", data, "-A", "trust", "-U", "postgres", "--no-sync"]);
    const options = `-k ${folder} -c listen_addresses='' -c wal_level=logical -c fsync=off`;
    run("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", options, "start"]);
    psql(`create schema a; create schema b;
      create table a.t (id int primary key, v text, updated_at timestamptz);
      create table b.t (like a.t including all);
      create table a.clockless (id int primary key);`);
    psql(lastWriteWins("updated_at"));
  });
  afterAll(() => {
    run("pg_ctl", ["-D", data, "-m", "immediate", "stop"]);
    rmSync(folder, { recursive: true, force: true });
  });

  test("installs a second time without a change", () => {
    const triggers = "select tgrelid::regclass, tgenabled from pg_trigger order by 1";
    const before = psql(triggers);
    psql(lastWriteWins("updated_at"));
    expect({ before, after: psql(triggers) }).toEqual({
      before: ["a.t|R", "b.t|R", "a.clockless|R"],
      after: ["a.t|R", "b.t|R", "a.clockless|R"],
    });
  });

  const change = fc.record({
    id: fc.integer({ min: 1, max: 3 }),
    v: fc.constantFrom("x", "y", "z"),
    day: fc.integer({ min: 1, max: 3 }),
  });
  type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
  const row = ({ id, v, day }: Change): string =>
    `${String(id)}, '${v}', timestamptz '2026-01-0${String(day)}'`;

  test("members agree, in whatever order and form changes reach them", () => {
    const orders = fc
      .array(change, { maxLength: 12 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    const asInsert = (one: Change): string => `insert into a.t values (${row(one)});`;
    const asUpdate = (one: Change): string =>
      `update b.t set (id, v, updated_at) = (${row(one)}) where id = ${String(one.id)};
       insert into b.t select ${row(one)} where not exists (select from b.t where id = ${String(one.id)});`;
    const script = fc.sample(orders, { numRuns: 200, seed: 36 }).map(
      ([
        here,
        there,
      ]) => `truncate a.t, b.t; ${here.map(asInsert).join("\n")} ${there.map(asUpdate).join("\n")}
       select (select json_agg(t order by id) from a.t)::text is not distinct from
              (select json_agg(t order by id) from b.t)::text;`,
    );
    // As while replicated changes are applied, where no search path helps either.
    const verdicts = psql(
      `set session_replication_role = replica; set search_path = ''; ${script.join("\n")}`,
    );
    expect(verdicts).toEqual(script.map(() => "t"));
  });

  test("what was written between a copy and its subscription arrives with the first copy", async () => {
    const schema = `create table t (id int primary key, v text, updated_at timestamptz);
      create table clockless (id int primary key, v text);
      insert into t values (1, 'same', '2026-01-01'), (2, 'old', '2026-01-01'), (4, 'both', '2026-01-05');
      insert into clockless values (1, 'known');`;
    psql("create database first; \n create database second;");
    for (const database of ["first", "second"])
      psql(`\\c ${database}\n${schema}${lastWriteWins("updated_at")}`);
    psql(`\\c first
      update t set v = 'gap', updated_at = '2026-01-02' where id = 2;
      insert into t values (3, 'gap', '2026-01-02'); insert into clockless values (2, 'gap');
      create publication changes for all tables;
      select pg_create_logical_replication_slot('changes', 'pgoutput');`);
    psql(`\\c second
      update t set v = 'newer here', updated_at = '2026-01-09' where id = 4;
      create subscription changes connection 'host=${folder} user=postgres dbname=first' publication changes
        with (create_slot = false, slot_name = 'changes', copy_data = true, disable_on_error = true);`);
    const state = "\\c second\nselect count(*) from pg_subscription_rel where srsubstate <> 'r';";
    for (let turn = 0; turn < 100 && psql(state).join() !== "0"; turn++) await sleep(100);
    const rows = psql(`\\c second
      select id, v from t order by id; select id, v from clockless order by id;
      select subenabled from pg_subscription;`);
    psql(
      "\\c second\nalter subscription changes disable; alter subscription changes set (slot_name = none); drop subscription changes;",
    );
    expect(rows).toEqual(["1|same", "2|gap", "3|gap", "4|newer here", "1|known", "2|gap", "t"]);
  });

  test("a local write is never held back", () => {
    const sql = `truncate a.t; insert into a.t values (1, 'new', '2026-02-02');
      update a.t set v = 'set back', updated_at = '2026-01-01'; select v from a.t;`;
    expect(psql(sql)).toEqual(["set back"]);
  });
});
