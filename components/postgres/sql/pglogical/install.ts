import { conflicts } from "./conflicts";
import { MEMBERSHIP } from "./membership";
import { progress } from "./progress";
import { SCHEMA } from "./schema";
import { SEQUENCES } from "./sequences";
import { tables } from "./tables";

/** All that a database of a node group needs besides its settings; runs again without a change. */
export const installSql = (conflictTable: string): string =>
  [
    "\\set VERBOSITY terse",
    "set client_min_messages = warning;",
    "set meridian.settling = 'on';",
    "set check_function_bodies = off;",
    "begin;",
    "select pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('meridian.install'));",
    "create extension if not exists pglogical;",
    SCHEMA,
    SEQUENCES,
    conflicts(conflictTable),
    progress(conflictTable),
    tables(conflictTable),
    MEMBERSHIP,
    '\\set settings `cat "$MERIDIAN_SETTINGS"`',
    "insert into meridian.settings (value) values (:'settings') on conflict (one) do update set value = excluded.value;",
    "commit;",
    "",
  ].join("\n");

// Quotes and delimiters that no password has: it comes as it is. A COPY's data is in no log.
const passwordFrom = (variable: string): string => `create temporary table password (value text);
\\copy password from program 'printenv ${variable}' with (format csv, quote e'\\x01', delimiter e'\\x02')`;

/** The database `name` and its owner, the service's own role of that name with the password it has today. */
export const PREPARE_SQL = `\\set VERBOSITY terse
set client_min_messages = warning;
${passwordFrom("OWNER_PASSWORD")}
select format('create role %I login', :'name')
  where not exists (select from pg_catalog.pg_roles where rolname = :'name') \\gexec
select format('grant %I to current_user', :'name')
  where not pg_catalog.pg_has_role(current_user, :'name', 'usage') \\gexec
select set_config('meridian.name', :'name', false) \\g /dev/null
do $body$ begin
  execute (select format('alter role %I password %L', current_setting('meridian.name'), value) from password);
end $body$;
select format('create database %I owner %I', :'name', :'name')
  where not exists (select from pg_catalog.pg_database where datname = :'name') \\gexec
`;

/** One step towards membership, then what the region has confirmed by now. */
export const STEP_SQL = `\\set VERBOSITY terse
${passwordFrom("PGPASSWORD")}
call meridian.step();
call meridian.observe();
select meridian.state();
`;
