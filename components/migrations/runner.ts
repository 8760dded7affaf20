/**
 * The program that carries out one phase on one region's databases: a script for `sh` and `psql`.
 *
 * It reads MERIDIAN_PHASE, MERIDIAN_VERSION, MERIDIAN_LOCK_TIMEOUT, MERIDIAN_OWNER, PGDATABASE, and TARGETS, lines of
 * `cluster host kind subscription`. A target's login is /logins/<cluster>/{username,password}, the writer's
 * /logins/writer. Exit 42 is a refusal that waiting does not cure.
 */

/** Refused: an older version serves, nobody says what serves, or a file changed after it had been done. */
export const REFUSED = 42;

const LEDGER = `create schema if not exists meridian;
create table if not exists meridian.migrations (
  cluster text, phase text, file text, sha256 text not null, version int not null, done_at timestamptz not null default now(),
  primary key (cluster, phase, file));
create table if not exists meridian.serving (
  instance text primary key, region text not null, schema_version int not null, seen_at timestamptz not null default now());`;

export const RUNNER = `set -eu
folder=\${MIGRATIONS:-/migrations}/$MERIDIAN_PHASE
refuse() { echo "refused: $1" >&2; exit ${String(REFUSED)}; }

# login NAME: whom psql is from here on.
login() {
  PGUSER=$(cat "\${LOGINS:-/logins}/$1/username"); PGPASSWORD=$(cat "\${LOGINS:-/logins}/$1/password")
  export PGUSER PGPASSWORD
}
ask() { psql -XqAt -v ON_ERROR_STOP=1 "$@"; }
wait_for() { until pg_isready -q; do sleep 2; done; }

# As the owner of the tables, whoever has logged in. Nobody queues behind a lock for long.
export PGOPTIONS="-c lock_timeout=\${MERIDIAN_LOCK_TIMEOUT}s -c role=$MERIDIAN_OWNER -c client_min_messages=warning"

files() { for file in "$folder"/*.sql; do if [ -e "$file" ]; then echo "$file"; fi; done; }
done_as() { ask -c "select sha256 from meridian.migrations where cluster = '$1' and phase = '$MERIDIAN_PHASE' and file = '$2'"; }

# run_file FILE ENTRY: expand and contract are all or nothing; migrate commits as it goes, so its files can be repeated.
run_file() {
  if [ "$MERIDIAN_PHASE" = migrate ]; then ask -v VERBOSITY=verbose -f "$1" && ask -c "$2"
  else ask -v VERBOSITY=verbose --single-transaction -c "select pg_advisory_xact_lock(7203975)" -f "$1" -c "$2"; fi
}

# A lock that was not to be had is tried again; any other error is one.
apply_file() {
  attempt=1
  until run_file "$1" "$2" >/dev/null 2>/tmp/meridian-error.$$; do
    if ! grep -q 55P03 /tmp/meridian-error.$$ || [ "$attempt" -ge "\${MERIDIAN_ATTEMPTS:-30}" ]; then
      cat /tmp/meridian-error.$$ >&2; exit 1
    fi
    echo "$1: a lock is held, attempt $attempt" >&2
    attempt=$((attempt + 1)); sleep "\${MERIDIAN_PAUSE:-10}"
  done
}

change() {
  cluster=$1
  ask -c "$LEDGER"
  for file in $(files); do
    name=\${file##*/}
    sum=$(sha256sum "$file"); sum=\${sum%% *}
    known=$(done_as "$cluster" "$name")
    if [ "$known" = "$sum" ]; then continue; fi
    if [ -n "$known" ]; then refuse "$name was changed after it had been done on $cluster: add a file instead"; fi
    apply_file "$file" "insert into meridian.migrations (cluster, phase, file, sha256, version) values ('$cluster', '$MERIDIAN_PHASE', '$name', '$sum', $MERIDIAN_VERSION)"
    echo "$cluster: $MERIDIAN_PHASE/$name"
  done
}

# Contract takes away what an older version still needs.
admit_contract() {
  export PGHOST=$WRITER_HOST; login writer; wait_for
  ask -c "$LEDGER"
  recent="from meridian.serving where seen_at > now() - interval '15 minutes'"
  if [ "$(ask -c "select count(*) $recent")" = 0 ]; then refuse "no instance says which schema it was made for"; fi
  old=$(ask -c "select string_agg(instance || ' (' || region || ', ' || schema_version || ')', ', ') $recent and schema_version < $MERIDIAN_VERSION")
  if [ -n "$old" ]; then refuse "an older version serves: $old"; fi
}

LEDGER="${LEDGER.replaceAll("\n", " ")}"
if [ "$MERIDIAN_PHASE" = contract ]; then admit_contract; fi
echo "$TARGETS" | while read -r cluster host kind subscription; do
  if [ "$kind" = copy ] && [ "$MERIDIAN_PHASE" = migrate ]; then continue; fi
  export PGHOST=$host; login "$cluster"; wait_for
  change "$cluster"
done

# A subscription learns of new tables only when it is told, after the writer has them; only a superuser may tell it.
echo "$TARGETS" | while read -r cluster host kind subscription; do
  if [ "$kind" != copy ] || [ -z "$subscription" ]; then continue; fi
  export PGHOST=$host; login "$cluster"
  PGOPTIONS="" psql -Xq -v ON_ERROR_STOP=1 -c "alter subscription \\"$subscription\\" refresh publication"
done
`;
