/**
 * Sequences that never give two regions one value: region i of the platform gives i+1, i+1+stride, …
 *
 * A new position lies above every value its columns hold already, those copied from another region too.
 */
export const SEQUENCES = `create or replace function meridian.highest_used(seq oid) returns bigint language plpgsql as $body$
declare
  used bigint;
  highest bigint;
  col record;
begin
  execute format('select case when is_called then last_value else last_value - 1 end from %s', seq::regclass)
    into highest;
  for col in
    select distinct a.attrelid, a.attname from (
      select refobjid, refobjsubid from pg_catalog.pg_depend
       where classid = 'pg_class'::regclass and objid = seq and refclassid = 'pg_class'::regclass
         and deptype in ('a', 'i') and refobjsubid > 0
      union all
      select d.adrelid, d.adnum from pg_catalog.pg_depend p
        join pg_catalog.pg_attrdef d on p.classid = 'pg_attrdef'::regclass and p.objid = d.oid
       where p.refclassid = 'pg_class'::regclass and p.refobjid = seq
    ) found
    join pg_catalog.pg_attribute a on a.attrelid = refobjid and a.attnum = refobjsubid
   where a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
  loop
    execute format('select max(%I) from %s', col.attname, col.attrelid::regclass) into used;
    highest := greatest(highest, used);
  end loop;
  return highest;
end
$body$;

create or replace procedure meridian.part_sequences() language plpgsql as $body$
declare
  place constant bigint := meridian.setting('index')::bigint + 1;
  stride constant bigint := meridian.setting('stride')::bigint;
  seq record;
  at bigint;
  next bigint;
begin
  for seq in
    select s.seqrelid, s.seqincrement from pg_catalog.pg_sequence s
      join pg_catalog.pg_class c on c.oid = s.seqrelid
      join meridian.shared_schemas n on n.oid = c.relnamespace
     where s.seqincrement > 0
  loop
    execute format('select last_value from %s', seq.seqrelid::regclass) into at;
    continue when seq.seqincrement = stride and (at - place) % stride = 0;
    -- Nobody may take a value between reading the position and setting it.
    execute format('alter sequence %s increment by %s', seq.seqrelid::regclass, stride);
    at := greatest(meridian.highest_used(seq.seqrelid), 0);
    next := at + 1 + (((place - (at + 1)) % stride) + stride) % stride;
    perform setval(seq.seqrelid::regclass, next, false);
  end loop;
end
$body$;
`;
