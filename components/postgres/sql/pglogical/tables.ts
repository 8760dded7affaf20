/**
 * Which tables are replicated: those of every schema that is not local to its region.
 *
 * With a primary key they are replicated whole; without one a change cannot say which row it means, so only
 * insertions are. An event trigger takes a new table in with the statement that makes it: not one row is
 * missed. It must exist in every region before the first row, which is what expanding before contracting does.
 */
export const tables = (
  table: string,
): string => `create or replace procedure meridian.replicate_table(rel oid, keyed boolean)
  language plpgsql as $body$
declare
  wanted constant name := case when keyed then 'default' else 'default_insert_only' end;
  other constant name := case when keyed then 'default_insert_only' else 'default' end;
begin
  if exists (select from pglogical.tables t where t.relid = rel and t.set_name = other) then
    perform pglogical.replication_set_remove_table(other, rel::regclass);
  end if;
  if not exists (select from pglogical.tables t where t.relid = rel and t.set_name = wanted) then
    perform pglogical.replication_set_add_table(wanted, rel::regclass);
    if not keyed then
      raise notice '% has no primary key: only its insertions are replicated', rel::regclass;
    end if;
  end if;
end
$body$;

create or replace procedure meridian.settle_tables() language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $body$
declare
  rel record;
begin
  if not exists (select from pglogical.local_node) then return; end if;
  for rel in select oid, keyed from meridian.relations loop
    call meridian.replicate_table(rel.oid, rel.keyed);
    continue when not rel.keyed or meridian.setting('logging') <> 'true'
      or exists (select from pg_trigger where tgrelid = rel.oid and tgname = 'meridian_note_overwritten');
    execute format('create trigger meridian_note_overwritten after update or delete on %s '
                   'for each row execute function meridian.note_overwritten()', rel.oid::regclass);
    execute format('alter table %s enable replica trigger meridian_note_overwritten', rel.oid::regclass);
  end loop;
  call meridian.replicate_table('meridian."${table.replaceAll('"', '""')}"'::regclass, true);
  call meridian.part_sequences();
end
$body$;

create or replace function meridian.on_ddl() returns event_trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp as $body$
begin
  -- What it does itself is no reason to do it again.
  if pg_trigger_depth() = 0 and current_setting('meridian.settling', true) is distinct from 'on'
     and exists (select from meridian.membership where seeded_at is not null) then
    perform set_config('meridian.settling', 'on', true);
    call meridian.settle_tables();
    perform set_config('meridian.settling', 'off', true);
  end if;
end
$body$;

do $body$ begin
  if not exists (select from pg_catalog.pg_event_trigger where evtname = 'meridian_settle') then
    create event trigger meridian_settle on ddl_command_end
      when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'CREATE SEQUENCE')
      execute function meridian.on_ddl();
  end if;
end $body$;
`;
