/**
 * What a database remembers of its place among the regions: schema `meridian`.
 *
 * Every statement may run any number of times, against any earlier state of itself.
 */
export const SCHEMA = `create schema if not exists meridian;

create table if not exists meridian.settings (
  one boolean primary key default true check (one),
  value jsonb not null
);

-- Whether this database has its first data: it is copied once, never again.
create table if not exists meridian.membership (
  one boolean primary key default true check (one),
  structure_at timestamptz,
  copying_from text,
  seeded_at timestamptz
);
insert into meridian.membership default values on conflict do nothing;

-- Regions this one has joined, so that what they leave behind can be found when they leave.
create table if not exists meridian.peer (region text primary key);

create or replace function meridian.setting(key text) returns text language sql stable as
  $body$ select value ->> key from meridian.settings $body$;

create or replace function meridian.node_of(region text) returns name language sql immutable as
  $body$ select replace(region, '-', '_')::name $body$;

create or replace function meridian.subscription_of(subscriber text, provider text) returns name
  language sql immutable as
  $body$ select (replace(subscriber, '-', '_') || '_from_' || replace(provider, '-', '_'))::name $body$;

-- The slot here through which another region takes this one's changes.
create or replace function meridian.slot_of(peer text) returns name language sql stable as $body$
  select pglogical.pglogical_gen_slot_name(
    current_database()::name,
    meridian.node_of(meridian.setting('region')),
    meridian.subscription_of(peer, meridian.setting('region')))
$body$;

create or replace view meridian.peers as
  select p ->> 'region' as region, p ->> 'host' as host, (p ->> 'port')::int as port
    from meridian.settings, jsonb_array_elements(value -> 'peers') p;

-- The schemas whose tables and sequences belong to the applications and to all regions.
create or replace view meridian.shared_schemas as
  select oid, nspname from pg_catalog.pg_namespace
   where nspname !~ '^pg_' and nspname not in ('information_schema', 'pglogical', 'pglogical_origin', 'meridian')
     and nspname not in (select jsonb_array_elements_text(value -> 'localSchemas') from meridian.settings);

create or replace view meridian.relations as
  select c.oid, n.nspname, c.relname, i.indrelid is not null as keyed
    from pg_catalog.pg_class c
    join meridian.shared_schemas n on n.oid = c.relnamespace
    left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
   where c.relkind = 'r' and c.relpersistence = 'p'
     and not exists (select from pg_catalog.pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e');
`;
