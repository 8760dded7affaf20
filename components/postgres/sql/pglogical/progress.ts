/**
 * How far each other region has confirmed this one's changes, sampled every few seconds.
 *
 * `meridian.replication` is what the exporter reads. The lag is the age of the oldest write that the other
 * region has not confirmed: it grows while that region is gone, when the server has no sender to ask.
 */
export const progress = (table: string): string => `create table if not exists meridian.progress (
  peer text not null,
  sampled_at timestamptz not null default clock_timestamp(),
  written pg_lsn not null,
  confirmed pg_lsn,
  primary key (peer, sampled_at)
);

create or replace procedure meridian.observe() language plpgsql as $body$
begin
  insert into meridian.progress (peer, written, confirmed)
    select p.region, pg_current_wal_insert_lsn(), s.confirmed_flush_lsn
      from meridian.peers p
      left join pg_catalog.pg_replication_slots s on s.slot_name = meridian.slot_of(p.region);
  delete from meridian.progress p
   where p.sampled_at < now() - interval '1 day'
     and p.sampled_at < (select max(n.sampled_at) from meridian.progress n
                          where n.peer = p.peer and n.written <= p.confirmed);
  delete from meridian.progress where sampled_at < now() - interval '7 days'
    or peer not in (select region from meridian.peers);
  call meridian.judge_conflicts();
end
$body$;

create or replace view meridian.replication as
  select p.region as peer,
         (s.sub_enabled and coalesce(u.status = 'replicating', false))::int as receiving,
         coalesce(k.active, false)::int as sending,
         coalesce(k.wal_status = 'lost', false)::int as lost,
         coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), k.restart_lsn), 0)::float8 as retained_bytes,
         coalesce(extract(epoch from clock_timestamp() - (
           select min(n.sampled_at) from meridian.progress n
            where n.peer = p.region and (k.confirmed_flush_lsn is null or n.written > k.confirmed_flush_lsn)
         )), 0)::float8 as lag_seconds,
         (select count(*) from meridian."${table.replaceAll('"', '""')}" c
           where c.region = meridian.setting('region') and c.peer = p.region)::float8 as conflicts
    from meridian.peers p
    left join pglogical.subscription s
      on s.sub_name = meridian.subscription_of(meridian.setting('region'), p.region)
    left join lateral pglogical.show_subscription_status(s.sub_name) u on true
    left join pg_catalog.pg_replication_slots k on k.slot_name = meridian.slot_of(p.region);
`;
