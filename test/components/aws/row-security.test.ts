/** Row-level security, run by a real PostgreSQL where the machine has one. */
import { rowSecuritySql } from "../../../components/postgres/streaming-row-security-sql";
import { PostgresServer, postgresTools } from "./postgres-server";

if (postgresTools === undefined) console.warn("skipped: no initdb, pg_ctl and psql on this machine");

(postgresTools === undefined ? describe.skip : describe)("row-level security", () => {
  let server: PostgresServer;
  const env = { APP_USER: "app", APP_PASSWORD: "p'a\"ss" };
  const install = (column = "tenant_id"): readonly string[] =>
    server.psql(rowSecuritySql(column), "owner", { args: ["--single-transaction"], env });
  const as = (tenant: string, sql: string): readonly string[] =>
    server
      .psql(`begin; select meridian.act_for('${tenant}'); ${sql}; commit;`, "app")
      .filter((line) => line !== "");

  beforeAll(() => {
    server = new PostgresServer(postgresTools ?? "");
    // As on RDS: no superuser, but may make event triggers. PostgreSQL itself grants that to superusers only.
    server.psql("create role owner login superuser; alter schema public owner to owner;");
    server.psql(
      `create table permits (id int primary key, tenant_id text not null, v text);
       create table sensors (id int primary key, tenant_id uuid not null);
       create table countries (code text primary key);
       insert into permits values (1, 'hansa-chemie', 'a'), (2, 'merlion-ports', 'b');
       insert into sensors values (1, '00000000-0000-0000-0000-000000000001');
       insert into countries values ('DE');`,
      "owner",
    );
    install();
  });
  afterAll(() => {
    server.stop();
  });

  const policies =
    "select polrelid::regclass, oid, xmin, obj_description(oid, 'pg_policy') from pg_policy order by 1";

  test("installs a second time without a change of any policy", () => {
    const before = server.psql(policies);
    install();
    expect({ tables: before.map((line) => line.split("|")[0]), after: server.psql(policies) }).toEqual({
      tables: ["permits", "sensors"],
      after: before,
    });
  });

  test("takes no lock on tables that are right already", () => {
    const sql = `begin; select meridian.protect_rows('permits');
      select count(*) from pg_locks where relation = 'permits'::regclass and mode like '%Exclusive%'; rollback;`;
    expect(server.psql(sql, "owner").at(-1)).toBe("0");
  });

  test.each([
    { name: "own rows", tenant: "hansa-chemie", sql: "select id from permits order by 1", sees: ["1"] },
    { name: "of another tenant", tenant: "merlion-ports", sql: "select id from permits", sees: ["2"] },
    { name: "of an unknown tenant", tenant: "nobody", sql: "select id from permits", sees: [] },
    { name: "of no tenant", tenant: "", sql: "select id from permits", sees: [] },
    { name: "shared tables", tenant: "hansa-chemie", sql: "select code from countries", sees: ["DE"] },
    {
      name: "columns of another type",
      tenant: "00000000-0000-0000-0000-000000000001",
      sql: "select id from sensors",
      sees: ["1"],
    },
    {
      name: "no update of others",
      tenant: "hansa-chemie",
      sql: "update permits set v = 'x' where id = 2 returning id",
      sees: [],
    },
    {
      name: "no deletion of others",
      tenant: "hansa-chemie",
      sql: "delete from permits where id = 2 returning id",
      sees: [],
    },
  ])("the application sees $name", ({ tenant, sql, sees }) => {
    expect(as(tenant, sql)).toEqual(sees);
  });

  test("a tenant ends with its transaction, as pools need it", () => {
    const sql = `begin; select meridian.act_for('hansa-chemie'); commit; select count(*) from permits;`;
    expect(server.psql(sql, "app").filter((line) => line !== "")).toEqual(["0"]);
  });

  test.each([
    { name: "insert for another tenant", sql: "insert into permits values (9, 'merlion-ports', 'x')" },
    { name: "give a row away", sql: "update permits set tenant_id = 'merlion-ports' where id = 1" },
    { name: "turn it off", sql: "alter table permits disable row level security" },
    { name: "drop the policy", sql: "drop policy meridian_tenant on permits" },
    { name: "make tables", sql: "create table mine (id int)" },
    { name: "read past it", sql: "set row_security = off; select * from permits" },
  ])("the application cannot $name", ({ sql }) => {
    expect(() => as("hansa-chemie", sql)).toThrow(/row-level security|must be owner|permission denied/);
  });

  test("writes of its own tenant pass", () => {
    expect(as("hansa-chemie", "insert into permits values (3, 'hansa-chemie', 'c') returning id")).toEqual([
      "3",
    ]);
  });

  test.each([
    { name: "made later", sql: "create table later (id int, tenant_id text)", table: "later" },
    { name: "made from a query", sql: "create table copied as select * from permits", table: "copied" },
    {
      name: "given the column later",
      sql: "create table grown (id int); alter table grown add tenant_id bigint",
      table: "grown",
    },
    {
      name: "in partitions",
      sql: "create table parts (tenant_id text) partition by list (tenant_id); create table part_a partition of parts default",
      table: "part_a",
    },
  ])("tables $name are protected as they are made", ({ sql, table }) => {
    server.psql(sql, "owner");
    const state = `select relrowsecurity, (select count(*) from pg_policy where polrelid = c.oid)
      from pg_class c where relname = '${table}'`;
    expect(server.psql(state)).toEqual(["t|1"]);
  });

  test("an index of the tenant is used: the setting is cast, not the column", () => {
    server.psql(
      `create table many (id int, tenant_id uuid); create index on many (tenant_id);
       insert into many select n, gen_random_uuid() from generate_series(1, 5000) n; analyze many;`,
      "owner",
    );
    const plan = as("00000000-0000-0000-0000-000000000001", "explain (costs off) select * from many");
    expect(plan.join("\n")).toContain("Index");
  });

  test("another password and user are set by running it again", () => {
    server.psql(rowSecuritySql("tenant_id"), "owner", {
      args: ["--single-transaction"],
      env: { APP_USER: "app", APP_PASSWORD: "next" },
    });
    const roles = "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'app'";
    expect(server.psql(roles)).toEqual(["app|f|f|f"]);
  });
});
