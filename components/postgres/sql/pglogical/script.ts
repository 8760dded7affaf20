/**
 * What a pod runs: psql with the SQL beside it, for every database it is told.
 *
 * Its environment: PGHOST, PGPORT, PGUSER and PGSSLMODE as psql reads them, MERIDIAN_SQL (the folder of the SQL),
 * MERIDIAN_SETTINGS (a file), MERIDIAN_SECRETS (a folder with the password of PGUSER in `admin` and that of each
 * database's owner in a file of its name: read again in each pass, so that a changed one counts), SEED_HOST, SEED_PORT.
 */
export const SCRIPT = `set -eu
done=$(mktemp -d)
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

# One pass over the database in PGDATABASE; prints its state. A caller that goes on after a failure switches off
# \`set -e\` for all of it, so each step says itself that none follows its failure.
pass() {
  PGPASSWORD=$(cat "$MERIDIAN_SECRETS/admin") || return 1
  OWNER_PASSWORD=$(cat "$MERIDIAN_SECRETS/$PGDATABASE") || return 1
  export PGPASSWORD OWNER_PASSWORD
  # Once a pod, and again when a password has changed.
  if [ "$(cat "$done/$PGDATABASE" 2> /dev/null)" != "$PGPASSWORD$OWNER_PASSWORD" ]; then
    sql -d postgres -v name="$PGDATABASE" -f "$MERIDIAN_SQL/prepare.sql" > /dev/null || return 1
    sql -f "$MERIDIAN_SQL/install.sql" > /dev/null || return 1
    (umask 077 && printf %s "$PGPASSWORD$OWNER_PASSWORD" > "$done/$PGDATABASE") || return 1
  fi
  now=$(sql -c 'select meridian.state()') || return 1
  if [ "$now" = structure ]; then copy_structure || return 1; fi
  now=$(sql -f "$MERIDIAN_SQL/step.sql") || return 1
  echo "$now" | tail -n 1
}

# All or nothing: a structure that was cut off leaves nothing behind.
copy_structure() {
  dump=$done/structure.sql
  known=$(sql -c 'select 1 from meridian.relations limit 1') || return 1
  if [ -n "$known" ]; then
    : > "$dump" # its migrations were here first: the tables are there, and have to be empty
  else
    pg_dump --schema-only --no-subscriptions --no-publications --exclude-schema=meridian \\
      --exclude-schema=pglogical --exclude-schema=pglogical_origin \\
      -h "$SEED_HOST" -p "$SEED_PORT" -d "$PGDATABASE" > "$dump.all" || return 1
    # Both are of this database already.
    grep -v -e 'EVENT TRIGGER meridian_settle' -e 'EXTENSION.* pglogical' "$dump.all" |
      sed '/^ *WHEN TAG IN/,/meridian.on_ddl/d' > "$dump"
  fi
  sql -1 -o /dev/null -f "$dump" -c 'update meridian.membership set structure_at = clock_timestamp()' || return 1
  rm -f "$dump" "$dump.all"
}

case "$1" in
  # Until the database is ready: the applications start after it.
  join)
    shift
    export PGDATABASE="$1"
    until [ "\${state:-}" = ready ]; do
      sleep "\${pause:-0}"
      pause=\${MERIDIAN_PAUSE:-2}
      state=$(pass) || state=failed
      echo "$PGDATABASE: $state"
    done
    ;;
  # For as long as the region lives: regions that join and leave, tables that come, progress.
  keep)
    shift
    while true; do
      for PGDATABASE in "$@"; do
        export PGDATABASE
        state=$(pass) || state=failed
        [ "$state" = ready ] || echo "$PGDATABASE: $state"
      done
      sleep "\${MERIDIAN_PAUSE:-10}"
    done
    ;;
esac
`;
