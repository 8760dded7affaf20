/**
 * The history of conflicts, which pglogical 2 does not keep: it only writes to the server's log.
 *
 * A row written in two regions loses one of its values, and it loses it where that value was written: there
 * the other region's change is applied over a row of this region's own making. A trigger that fires only
 * while changes are applied keeps what was lost. Not every such overwrite is a conflict: whoever saw a row may
 * change it. It is none when this region's value was confirmed over there before the other was written. The
 * samples of progress tell that to some seconds, and what they cannot tell counts as a conflict.
 *
 * Not seen: values lost under `keep_local`, where no region overwrites another and they stay different, and
 * updates of a row deleted in the meantime, which pglogical drops (its deletion is seen where the update was).
 */
const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** `table` is the manifest's name for it, in the schema `meridian`. */
export const conflicts = (table: string): string => `create table if not exists meridian.overwritten (
  id bigint generated always as identity primary key,
  relation text not null,
  operation text not null,
  key jsonb not null,
  lost jsonb not null,
  lost_at timestamptz not null,
  kept jsonb
);

create table if not exists meridian.${quoted(table)} (
  id uuid primary key default gen_random_uuid(),
  region text not null,
  peer text not null,
  relation text not null,
  operation text not null,
  key jsonb not null,
  lost jsonb not null,
  lost_at timestamptz not null,
  kept jsonb,
  kept_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  settled_by text
);
comment on table meridian.${quoted(table)} is
  'Values of a region that a later write of another region replaced; a person who settles one says so here.';

create or replace function meridian.note_overwritten() returns trigger language plpgsql
  security definer set search_path = pg_catalog as $body$
declare
  here record;
  was constant jsonb := to_jsonb(old);
begin
  select "timestamp" as at, roident into here from pg_xact_commit_timestamp_origin(old.xmin);
  if here.at is null or here.roident <> 0 then return null; end if;
  if tg_op = 'UPDATE' then
    if was = to_jsonb(new) then return null; end if;
  end if;
  insert into meridian.overwritten (relation, operation, key, lost, lost_at, kept)
    select format('%I.%I', tg_table_schema, tg_table_name), lower(tg_op),
           jsonb_object_agg(a.attname, was -> a.attname::text), was, here.at,
           case when tg_op = 'UPDATE' then to_jsonb(new) end
      from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
     where i.indrelid = tg_relid and i.indisprimary;
  return null;
end
$body$;

create or replace procedure meridian.judge_conflicts() language sql as $body$
  with found as (
    select o.*, t.at as kept_at, p.region as peer
      from meridian.overwritten o
      cross join lateral (select w."timestamp" as at, w.roident
                            from pg_catalog.pg_xact_commit_timestamp_origin(o.xmin) w) t
      left join pg_catalog.pg_replication_origin r on r.roident = t.roident
      left join pglogical.subscription s on s.sub_slot_name = r.roname
      left join meridian.peers p on meridian.subscription_of(meridian.setting('region'), p.region) = s.sub_name
  ), unseen as (
    insert into meridian.${quoted(table)} (region, peer, relation, operation, key, lost, lost_at, kept, kept_at)
    select meridian.setting('region'), coalesce(peer, 'unknown'), relation, operation, key, lost, lost_at, kept,
           coalesce(kept_at, now())
      from found
     where not exists (
       select from meridian.progress written
         join meridian.progress confirmed using (peer)
        where written.peer = found.peer and written.sampled_at >= found.lost_at
          and confirmed.sampled_at <= found.kept_at and confirmed.confirmed >= written.written)
  )
  delete from meridian.overwritten where id in (select id from found)
$body$;
`;
