/**
 * Row-level security as SQL for psql: a tenant's rows are seen and written only by who acts for that tenant.
 *
 * Runs and runs again without a change or a lock on tables that are right already. Tables made later are
 * protected as they are made. Who names no tenant sees no row and writes none. The owner of the tables is
 * exempt (migrations and dumps see everything), so applications connect as a user that owns nothing.
 *
 * An application says in each transaction: `select meridian.act_for('hansa-chemie')`. It ends with the
 * transaction, so a pool never hands one tenant's connection to another.
 *
 * Reads `APP_USER` and `APP_PASSWORD` from the environment: neither is in the text, nor in a process list.
 */
export const rowSecuritySql = (column: string): string => `\\getenv app_user APP_USER
\\getenv app_password APP_PASSWORD
set client_min_messages = warning;
select pg_advisory_xact_lock(hashtext('meridian.row_security')) \\g /dev/null

select format('create role %I login nosuperuser nocreatedb nocreaterole nobypassrls', :'app_user')
  where not exists (select from pg_catalog.pg_roles where rolname = :'app_user') \\gexec
alter role :"app_user" password :'app_password';
revoke create on schema public from public;
grant usage on schema public to :"app_user";
grant select, insert, update, delete on all tables in schema public to :"app_user";
grant usage, select on all sequences in schema public to :"app_user";
alter default privileges in schema public grant select, insert, update, delete on tables to :"app_user";
alter default privileges in schema public grant usage, select on sequences to :"app_user";

create schema if not exists meridian;
grant usage on schema meridian to :"app_user";

create or replace function meridian.act_for(tenant text) returns void language sql as $body$
  select pg_catalog.set_config('app.${column}', tenant, true)
$body$;

create or replace function meridian.protect_rows(tab regclass) returns void language plpgsql
set search_path = pg_catalog as $body$
declare
  column_type text;
  condition text;
begin
  select format_type(a.atttypid, a.atttypmod) into column_type from pg_attribute a
    where a.attrelid = tab and a.attname = ${literal(column)} and not a.attisdropped;
  if column_type is null then return; end if;
  condition := format('%I = nullif(current_setting(%L, true), '''')::%s', ${literal(column)}, ${literal(`app.${column}`)}, column_type);
  if not exists (select from pg_policy where polrelid = tab and polname = 'meridian_tenant') then
    execute format('create policy meridian_tenant on %s using (%s) with check (%s)', tab, condition, condition);
    execute format('comment on policy meridian_tenant on %s is %L', tab, condition);
  elsif (select obj_description(oid, 'pg_policy') from pg_policy where polrelid = tab and polname = 'meridian_tenant')
        is distinct from condition then
    execute format('alter policy meridian_tenant on %s using (%s) with check (%s)', tab, condition, condition);
    execute format('comment on policy meridian_tenant on %s is %L', tab, condition);
  end if;
  -- Last, for it calls this again by way of the event trigger, which then finds nothing left to do.
  if not (select relrowsecurity from pg_class where oid = tab) then
    execute format('alter table %s enable row level security', tab);
  end if;
end
$body$;

create or replace function meridian.protect_new_rows() returns event_trigger language plpgsql
set search_path = pg_catalog as $body$
declare
  made record;
begin
  for made in select objid from pg_event_trigger_ddl_commands()
    where object_type = 'table' and not in_extension and schema_name is distinct from 'pg_temp'
  loop
    perform meridian.protect_rows(made.objid::regclass);
  end loop;
end
$body$;

select $sql$create event trigger meridian_row_security on ddl_command_end
  when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE')
  execute function meridian.protect_new_rows()$sql$
  where not exists (select from pg_catalog.pg_event_trigger where evtname = 'meridian_row_security') \\gexec

select meridian.protect_rows(c.oid::regclass) from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema')
    and pg_catalog.pg_has_role(c.relowner, 'member')
  order by c.oid \\g /dev/null
`;

/** A name of a column as SQL text. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
