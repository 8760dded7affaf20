/**
 * Joining and leaving: one step at a time, each from what the database says, so that a run that was cut off
 * anywhere is continued by the next.
 *
 * The seed has its data. Every other region takes the structure and then the data of the seed, once, and is
 * ready when the seed also takes its changes: what is written before that would reach nobody. The copy runs
 * under a replication origin, so it does not come back.
 */
export const MEMBERSHIP = `create or replace function meridian.quoted(value text) returns text language sql immutable as
  $body$ select '''' || replace(replace(value, '\\', '\\\\'), '''', '\\''') || '''' $body$;

-- The password is in a temporary table that a COPY filled: never in a statement, so never in a log.
create or replace function meridian.dsn(host text, port int) returns text language plpgsql as $body$
declare
  password text;
begin
  select p.value into strict password from pg_temp.password p;
  return format('host=%s port=%s dbname=%s user=%s password=%s sslmode=%s connect_timeout=5 keepalives_idle=10 '
                'keepalives_interval=5 keepalives_count=3',
                host, port, meridian.quoted(current_database()), meridian.quoted(meridian.setting('user')),
                meridian.quoted(password), meridian.setting('sslmode'));
end
$body$;

create or replace function meridian.sync_of(peer text) returns "char" language sql stable as $body$
  select l.sync_status from pglogical.subscription s
    join pglogical.local_sync_status l on l.sync_subid = s.sub_id and l.sync_nspname is null
   where s.sub_name = meridian.subscription_of(meridian.setting('region'), peer)
$body$;

-- structure | copying | joining | ready
create or replace function meridian.state() returns text language sql stable as $body$
  select case
    when m.seeded_at is null and meridian.setting('seed') <> meridian.setting('region')
         and m.structure_at is null then 'structure'
    when m.seeded_at is null then 'copying'
    -- The seed waits for nobody: it serves before the others exist.
    when meridian.setting('seed') <> meridian.setting('region') and exists (
      select from meridian.peers p
       where not exists (select from pg_catalog.pg_replication_slots k where k.slot_name = meridian.slot_of(p.region))
          or not exists (select from pglogical.subscription s
                          where s.sub_name = meridian.subscription_of(meridian.setting('region'), p.region)))
      then 'joining'
    else 'ready'
  end from meridian.membership m
$body$;

-- A database that holds rows of its own is never copied over.
create or replace procedure meridian.refuse_rows() language plpgsql as $body$
declare
  rel oid;
  found boolean;
begin
  for rel in select oid from meridian.relations loop
    execute format('select exists (select from %s)', rel::regclass) into found;
    if found then
      raise exception '% has rows already: % cannot be seeded from %', rel::regclass, meridian.setting('region'),
        meridian.setting('seed');
    end if;
  end loop;
end
$body$;

create or replace procedure meridian.subscribe(peer text, copy boolean) language plpgsql as $body$
declare
  sub constant name := meridian.subscription_of(meridian.setting('region'), peer);
  target record;
begin
  select * into strict target from meridian.peers where region = peer;
  perform pglogical.create_subscription(
    subscription_name := sub, provider_dsn := meridian.dsn(target.host, target.port),
    replication_sets := array['default', 'default_insert_only'], synchronize_structure := false,
    synchronize_data := copy, forward_origins := '{}');
  insert into meridian.peer values (peer) on conflict do nothing;
exception when others then
  -- The message names no password; its detail would, and is not shown.
  raise notice 'cannot subscribe to % yet: %', peer, sqlerrm;
end
$body$;

-- Changed credentials or another host: the subscription goes on with them where it was.
create or replace procedure meridian.readdress(peer text) language plpgsql as $body$
declare
  sub record;
  wanted text;
  interface name;
begin
  select s.sub_name, i.if_dsn, n.node_name into sub from pglogical.subscription s
    join pglogical.node_interface i on i.if_id = s.sub_origin_if
    join pglogical.node n on n.node_id = s.sub_origin
   where s.sub_name = meridian.subscription_of(meridian.setting('region'), peer);
  select meridian.dsn(p.host, p.port) into wanted from meridian.peers p where p.region = peer;
  if sub.sub_name is null or sub.if_dsn = wanted then return; end if;
  interface := 'at_' || md5(wanted);
  if not exists (select from pglogical.node_interface where if_name = interface) then
    perform pglogical.alter_node_add_interface(sub.node_name, interface, wanted);
  end if;
  perform pglogical.alter_subscription_disable(sub.sub_name, true);
  perform pglogical.alter_subscription_interface(sub.sub_name, interface);
  perform pglogical.alter_subscription_enable(sub.sub_name, true);
end
$body$;

-- The first copy: begun, awaited, or begun again when it broke off.
create or replace procedure meridian.copy_data() language plpgsql as $body$
declare
  seed constant text := meridian.setting('seed');
  sub constant name := meridian.subscription_of(meridian.setting('region'), seed);
  reached constant "char" := meridian.sync_of(seed);
  rel oid;
begin
  if reached in ('r', 'y') then
    update meridian.membership set seeded_at = clock_timestamp();
  elsif reached is null then
    call meridian.refuse_rows();
    update meridian.membership set copying_from = seed;
    call meridian.subscribe(seed, true);
  elsif reached <> 'i' and (select status from pglogical.show_subscription_status(sub)) = 'down' then
    -- pglogical does not continue a copy. All rows here came from it: the tables were empty before.
    raise notice 'the copy from % broke off and begins again', seed;
    perform pglogical.drop_subscription(sub, true);
    for rel in select oid from meridian.relations loop
      execute format('truncate %s cascade', rel::regclass);
    end loop;
  end if;
end
$body$;

create or replace procedure meridian.leave_departed() language plpgsql as $body$
declare
  gone text;
  slot name;
begin
  for gone in select region from meridian.peer except select region from meridian.peers loop
    perform pglogical.drop_subscription(meridian.subscription_of(meridian.setting('region'), gone), true);
    slot := meridian.slot_of(gone);
    -- A slot nobody reads keeps its WAL for ever.
    if exists (select from pg_catalog.pg_replication_slots k where k.slot_name = slot and k.active_pid is null) then
      perform pg_catalog.pg_drop_replication_slot(slot);
    end if;
    continue when exists (select from pg_catalog.pg_replication_slots k where k.slot_name = slot);
    delete from meridian.peer where region = gone;
  end loop;
end
$body$;

-- TRUNCATE of a replicated table reads pglogical's catalog as whoever says it, so the database's owner may look
-- into that schema; what it could do there by pglogical's functions, which check no right, is taken from all.
create or replace procedure meridian.admit_owner() language plpgsql as $body$
declare
  owner constant regrole := (select datdba::regrole from pg_catalog.pg_database where datname = current_database());
begin
  if has_schema_privilege(owner::oid, 'pglogical', 'usage') then return; end if;
  revoke execute on all functions in schema pglogical from public;
  execute format('grant usage on schema pglogical to %s', owner);
end
$body$;

create or replace procedure meridian.step() language plpgsql as $body$
declare
  own record;
  other text;
begin
  perform pg_advisory_xact_lock(hashtext('meridian.step'));
  select * into strict own from meridian.membership;
  if not exists (select from pglogical.local_node) then
    perform pglogical.create_node(meridian.node_of(meridian.setting('region')),
                                  meridian.dsn(meridian.setting('host'), meridian.setting('port')::int));
  end if;
  call meridian.admit_owner();
  if own.seeded_at is null and meridian.setting('seed') = meridian.setting('region') then
    update meridian.membership set seeded_at = clock_timestamp();
  elsif own.seeded_at is null then
    call meridian.copy_data();
  end if;
  if exists (select from meridian.membership where seeded_at is not null) then
    call meridian.settle_tables();
  end if;
  for other in select region from meridian.peers loop
    if meridian.sync_of(other) is not null then
      call meridian.readdress(other);
    elsif exists (select from meridian.membership where seeded_at is not null) then
      call meridian.subscribe(other, false);
    end if;
  end loop;
  call meridian.leave_departed();
end
$body$;
`;
