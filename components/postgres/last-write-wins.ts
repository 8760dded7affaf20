/**
 * Last write wins, as SQL of the application database: of two rows with one key, the later `clock` stays.
 *
 * Triggers that fire only while replicated changes are applied. Equal clocks are settled by the rows'
 * text, so all members choose the same row. A deletion is not remembered: a row deleted here and changed
 * there at the same time stays deleted here, and comes back only with its next insert. Tables without
 * the clock column keep PostgreSQL's own rule (a colliding insert stops the subscription), but for the first
 * copy of a subscription: there, rows that are known already are skipped.
 */
export const lastWriteWins = (clock: string): string => `create schema if not exists meridian;

create or replace function meridian.last_write_wins() returns trigger language plpgsql as $body$
declare
  clock constant text := tg_argv[0];
  key text;
  kept jsonb;
  come constant jsonb := to_jsonb(new);
begin
  if tg_op = 'UPDATE' then
    kept := to_jsonb(old);
  else
    select string_agg(format('t.%1$I = ($1).%1$I', a.attname), ' and ' order by a.attnum) into key
      from pg_catalog.pg_index i
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = tg_relid and i.indisprimary;
    if key is null then return new; end if;
    execute format('select to_jsonb(t) from %s t where %s', tg_relid::regclass, key) into kept using new;
    if kept is null then return new; end if;
  end if;
  if (kept ->> clock)::timestamptz > (come ->> clock)::timestamptz
     or ((kept ->> clock)::timestamptz is not distinct from (come ->> clock)::timestamptz
         and kept::text collate "C" >= come::text collate "C") then
    return null;
  end if;
  if tg_op = 'INSERT' then
    execute format('delete from %s t where %s', tg_relid::regclass, key) using new;
  end if;
  return new;
end
$body$;

create or replace function meridian.skip_known() returns trigger language plpgsql as $body$
declare
  key text;
  known boolean;
begin
  if not exists (select from pg_catalog.pg_subscription_rel where srrelid = tg_relid and srsubstate <> 'r') then
    return new;
  end if;
  select string_agg(format('t.%1$I = ($1).%1$I', a.attname), ' and ' order by a.attnum) into key
    from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = tg_relid and i.indisprimary;
  execute format('select exists (select from %s t where %s)', tg_relid::regclass, key) into known using new;
  if known then return null; end if;
  return new;
end
$body$;

create or replace procedure meridian.settle_conflicts(clock text) language plpgsql as $body$
declare
  tab regclass;
begin
  for tab in
    select c.oid from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = clock and not a.attisdropped
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'meridian')
      and pg_catalog.pg_has_role(c.relowner, 'member')
  loop
    execute format('create or replace trigger meridian_last_write_wins before insert or update on %s '
                   'for each row execute function meridian.last_write_wins(%L)', tab, clock);
    execute format('alter table %s enable replica trigger meridian_last_write_wins', tab);
  end loop;
  for tab in
    select c.oid from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'meridian')
      and pg_catalog.pg_has_role(c.relowner, 'member')
      and not exists (select from pg_catalog.pg_attribute a
                      where a.attrelid = c.oid and a.attname = clock and not a.attisdropped)
  loop
    execute format('create or replace trigger meridian_skip_known before insert on %s '
                   'for each row execute function meridian.skip_known()', tab);
    execute format('alter table %s enable replica trigger meridian_skip_known', tab);
  end loop;
end
$body$;

-- A migration that adds a table calls this again.
call meridian.settle_conflicts('${clock.replaceAll("'", "''")}');
`;
