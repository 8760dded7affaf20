/** The set-up of pglogical, run by real servers where the machine has them. */
import { setTimeout as sleep } from "node:timers/promises";
import { bin, OWNER_PASSWORD, PASSWORD, type Server, TwoRegions, until } from "./two-regions";

const SCHEMA = `create schema local;
  create table local.here (id int primary key);
  create table item (id serial primary key, name text);
  create table event (at timestamptz default now(), what text);
  create table account (id bigint generated always as identity primary key, owner text);
  insert into local.here values (1);
  insert into item (name) select 'item ' || n from generate_series(1, 5) n;
  insert into account (owner) values ('first');`;

const VAULT = "eden_vault";
/** As the vault service connects. */
const SERVICE = { user: VAULT, password: OWNER_PASSWORD };
jest.setTimeout(60_000);

(bin === undefined ? describe.skip : describe)("pglogical in two regions", () => {
  let regions: TwoRegions;
  const both = (database: string, query: string): readonly string[] =>
    [regions.east, regions.west].map((server) => server.sql(database, query));
  const agree = (database: string, query: string, value: string): Promise<void> =>
    until(
      () => both(database, query).every((answer) => answer === value),
      () => `${query} = ${value}, not ${both(database, query).join(" and ")}`,
    );
  /** Writes in both regions before either sees the other's. */
  async function apart(write: () => void): Promise<void> {
    const turn = (verb: string): void => {
      for (const server of [regions.east, regions.west])
        server.sql(
          VAULT,
          `select pglogical.alter_subscription_${verb}(sub_name, true) from pglogical.subscription`,
        );
    };
    turn("disable");
    await until(
      () => both(VAULT, "select count(*) from pg_replication_slots where active").join() === "0,0",
      () => "apart",
    );
    write();
    turn("enable");
  }

  beforeAll(async () => {
    regions = await TwoRegions.make();
    await regions.joined(VAULT, SCHEMA);
    regions.job(regions.west, VAULT, { verb: "keep" });
  });
  afterAll(() => {
    regions.stop();
  });

  test("the second region has the first one's data, once, and nothing comes back", async () => {
    await agree(VAULT, "select count(*), max(name) from item", "5|item 5");
    await agree(VAULT, "select count(*) from account", "1");
    expect(both(VAULT, "select count(*) from local.here")).toEqual(["1", "0"]);
  });

  test("a second run changes nothing and copies nothing", async () => {
    const state = `select * from pglogical.subscription; select * from pglogical.node_interface order by 1;
      select * from pglogical.local_sync_status order by 1, 2, 3, 4; table meridian.membership; table meridian.peer;
      select relid::regclass, set_name from pglogical.tables order by 1, 2;
      select slot_name, active from pg_replication_slots; select sequencename, start_value, increment_by, last_value
      from pg_sequences where schemaname = 'public' order by 1; select tgrelid::regclass, tgname from pg_trigger order by 1, 2`;
    const before = both(VAULT, state);
    expect(await regions.job(regions.west, VAULT).done).toBe(0);
    expect(await regions.job(regions.east, VAULT).done).toBe(0);
    expect({ before, rows: both(VAULT, "select count(*) from item") }).toEqual({
      before: both(VAULT, state),
      rows: ["5", "5"],
    });
  });

  test("both write, both agree, and no two rows have one key", async () => {
    const write = (server: Server): void => {
      server.sql(
        VAULT,
        `insert into item (name) select '${server.region} ' || n from generate_series(1, 50) n;
        insert into account (owner) select '${server.region}' from generate_series(1, 20);
        insert into event (what) values ('${server.region}');`,
      );
    };
    await apart(() => {
      write(regions.east);
      write(regions.west);
    });
    await agree(
      VAULT,
      "select (select count(*) from item), (select count(*) from account), (select count(*) from event)",
      "105|41|2",
    );
    const places = "select distinct id % 16 from item where name like 'us-%' order by 1";
    expect(both(VAULT, places)).toEqual(["1\n2", "1\n2"]);
    expect(new Set(both(VAULT, "select md5(string_agg(i::text, ',' order by id)) from item i")).size).toBe(1);
  });

  test("a table that comes later is replicated from its first row", async () => {
    for (const server of [regions.east, regions.west])
      server.sql(VAULT, "create table later (id bigserial primary key, v text)", SERVICE);
    for (const server of [regions.east, regions.west])
      server.sql(VAULT, `insert into later (v) values ('${server.region}')`);
    await agree(VAULT, "select string_agg(id || v, ' ' order by id) from later", "1us-east-1 2us-west-2");
  });

  test("the later write wins, and what it replaced is on record in both regions", async () => {
    await apart(() => {
      regions.east.sql(VAULT, "update item set name = 'earlier' where id = 1");
      regions.west.sql(VAULT, "update item set name = 'later' where id = 1");
      regions.west.sql(VAULT, "insert into item values (9000, 'west came first')");
      regions.east.sql(VAULT, "insert into item values (9000, 'east came last')");
      regions.east.sql(VAULT, "update item set name = 'kept by nobody' where id = 17");
      regions.west.sql(VAULT, "delete from item where id = 17");
    });
    await agree(
      VAULT,
      "select string_agg(name, ', ' order by id) from item where id in (1, 17, 9000)",
      "later, east came last",
    );
    const history = `select region, peer, operation, key ->> 'id', lost ->> 'name', kept ->> 'name', kept_at > lost_at
      from meridian.replication_conflicts order by (key ->> 'id')::int`;
    await agree(
      VAULT,
      history,
      [
        "us-east-1|us-west-2|update|1|earlier|later|t",
        "us-east-1|us-west-2|delete|17|kept by nobody||t",
        "us-west-2|us-east-1|update|9000|west came first|east came last|t",
      ].join("\n"),
    );
    regions.east.sql(
      VAULT,
      "update meridian.replication_conflicts set settled_at = now(), settled_by = 'ana' where key ->> 'id' = '17'",
    );
    await agree(
      VAULT,
      "select settled_by from meridian.replication_conflicts where settled_at is not null",
      "ana",
    );
  });

  test("who changes a row that came from the other region is in no conflict", async () => {
    const count = "select count(*) from meridian.replication_conflicts";
    const before = both(VAULT, count);
    regions.east.sql(VAULT, "update item set name = 'first east' where id = 33");
    await agree(VAULT, "select name from item where id = 33", "first east");
    const at = regions.east.sql(VAULT, "select clock_timestamp()");
    const confirmed = `select exists (select from meridian.progress w join meridian.progress c using (peer)
      where w.sampled_at > '${at}' and c.confirmed >= w.written)`;
    await until(
      () => regions.east.sql(VAULT, confirmed) === "t",
      () => "confirmed",
    );
    regions.west.sql(VAULT, "update item set name = 'then west' where id = 33");
    await agree(VAULT, "select name from item where id = 33", "then west");
    await until(
      () => regions.east.sql(VAULT, "select count(*) from meridian.overwritten") === "0",
      () => "judged",
    );
    expect(both(VAULT, count)).toEqual(before);
  });

  test("a region that was away takes all it missed; the lag grows meanwhile", async () => {
    regions.west.kill();
    regions.east.sql(VAULT, "insert into item (name) select 'alone ' || n from generate_series(1, 500) n");
    const lag = "select lag_seconds > 1, sending, receiving, lost from meridian.replication";
    await until(
      () => regions.east.sql(VAULT, lag) === "t|0|0|0",
      () => "lag",
    );
    regions.west.start();
    await agree(VAULT, "select count(*) from item where name like 'alone%'", "500");
    await until(
      () => regions.east.sql(VAULT, lag) === "f|1|1|0",
      () => "lag gone",
    );
  });

  test("a service empties its table in both regions", async () => {
    regions.west.sql(VAULT, "truncate later", SERVICE);
    await agree(VAULT, "select count(*) from later", "0");
  });

  test("replication goes on under a new password", async () => {
    regions.rotate("another s3cret");
    const known =
      "select count(*) from pglogical.subscription s join pglogical.node_interface i on i.if_id = s.sub_origin_if where if_dsn like '%another s3cret%'";
    await agree(VAULT, known, "1");
    await agree(VAULT, "select receiving + sending from meridian.replication", "2");
    regions.west.sql(VAULT, "insert into item (name) values ('after rotation')");
    await agree(VAULT, "select count(*) from item where name = 'after rotation'", "1");
  });

  test("a set-up cut off in its copy begins again and ends with every row once", async () => {
    const database = "eden_flow";
    for (const server of [regions.east, regions.west]) server.sql("postgres", `create database ${database}`);
    regions.east.sql(
      database,
      `create table big (id serial primary key, v text);
      insert into big (v) select 'x' from generate_series(1, 300);
      create function slow() returns trigger language plpgsql as
        $$ begin perform pg_sleep(coalesce(current_setting('test.slow', true), '0')::float); return new; end $$;
      create trigger slow before insert on big for each row execute function slow();
      alter table big enable always trigger slow;`,
    );
    regions.west.sql("postgres", `alter database ${database} set test.slow = '0.02'`);
    await regions.job(regions.east, database).done;
    const early = regions.job(regions.west, database, { seedPort: 1 });
    await until(
      () => regions.output.includes(`${database}: failed`),
      () => "a seed out of reach",
    );
    early.kill("SIGKILL");
    expect(regions.west.sql(database, "select structure_at, seeded_at from meridian.membership")).toBe("|");
    const first = regions.job(regions.west, database);
    const copying = "select count(*) from pglogical.local_sync_status where sync_status = 'd'";
    await until(
      () => tried(() => regions.west.sql(database, copying)) !== "0",
      () => "copying",
    );
    // pglogical commits its progress asynchronously: with it on disk it gives the copy up instead of beginning anew.
    await sleep(1000);
    first.kill("SIGKILL");
    regions.west.kill();
    regions.west.start();
    regions.west.sql("postgres", `alter database ${database} reset test.slow`);
    regions.job(regions.east, database, { verb: "keep" });
    expect(await regions.job(regions.west, database).done).toBe(0);
    expect(both(database, "select count(*), count(distinct id) from big")).toEqual(["300|300", "300|300"]);
    expect(regions.output).toContain("broke off and begins again");
  });

  test("a region with rows of its own is never copied over", async () => {
    const database = "eden_task";
    for (const server of [regions.east, regions.west]) {
      server.sql("postgres", `create database ${database}`);
      server.sql(
        database,
        `create table t (id int primary key, v text); insert into t values (1, '${server.region}')`,
      );
    }
    await regions.job(regions.east, database).done;
    const job = regions.job(regions.west, database);
    await until(
      () => regions.output.includes("t has rows already"),
      () => "refused",
    );
    job.kill("SIGKILL");
    await job.done;
    expect(both(database, "select v from t")).toEqual(["us-east-1", "us-west-2"]);
  });

  test("a region that leaves takes its subscription and its slot with it", async () => {
    regions.west.kill();
    expect(await regions.job(regions.east, VAULT, { alone: true }).done).toBe(0);
    const left =
      "select (select count(*) from pglogical.subscription), (select count(*) from meridian.peer), (select count(*) from pg_replication_slots where database = current_database())";
    await until(
      () => regions.east.sql(VAULT, left) === "0|0|0",
      () => regions.east.sql(VAULT, left),
    );
  });

  test("no log and no output holds the password", () => {
    const texts = [regions.output, regions.east.log(), regions.west.log()];
    expect(texts.map((text) => /s3cret|own3r/.test(text))).toEqual([false, false, false]);
    expect(PASSWORD + OWNER_PASSWORD).toMatch(/s3cret.*own3r/);
  });
});

function tried(read: () => string): string {
  try {
    return read();
  } catch {
    return "0";
  }
}
