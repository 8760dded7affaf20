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

/** One step towards membership, then what the region has confirmed by now. */
export const STEP_SQL = `\\set VERBOSITY terse
-- Quotes and delimiters that no password has: it comes as it is. A COPY's data is in no log.
create temporary table password (value text);
\\copy password from program 'printenv PGPASSWORD' with (format csv, quote e'\\x01', delimiter e'\\x02')
call meridian.step();
call meridian.observe();
select meridian.state();
`;
