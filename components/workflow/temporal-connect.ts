/** Scripts that bring a running Temporal to what its spec says; each may run again at any time. */
import type { TemporalNamespace, TemporalPeer } from "../../automation/fleet/specs/kubernetes/temporal";
import { temporalCommand } from "./temporal-names";

/**
 * Connects the cluster to each remote one that answers. One that does not is left for the next run, with a word:
 * a region that is lost must not keep the one beside it from being changed.
 */
export function connectScript(namespace: string, remotes: readonly TemporalPeer[]): string {
  return [
    temporalCommand(namespace),
    "flags=--enable-connection",
    // Servers from 1.30 connect without replicating unless they are told to.
    "if temporal operator cluster upsert --help 2>&1 | grep -q -- --enable-replication; then",
    '  flags="$flags --enable-replication"',
    "fi",
    "connect() {",
    '  t operator cluster upsert --frontend-address "$2" $flags || echo "$1 does not answer at $2 yet" >&2',
    "}",
    ...remotes.map(({ cluster, address: { host, port } }) => `connect ${cluster} ${host}:${String(port)}`),
  ].join("\n");
}

/** `ensure acme eu-central 7 eu-central eu-north`: name, active cluster, days, and every cluster. */
const call = ({ name, active, retentionDays, clusters }: TemporalNamespace): string =>
  ["ensure", name, active, String(retentionDays), ...clusters].join(" ");

/**
 * Registers what is missing, and changes what differs, at the cluster that is to be active.
 *
 * Temporal takes a failover and a change of settings in one request for an error, so the failover goes first and
 * alone. A namespace of one cluster is a local one, which any cluster may register, and becomes global when it
 * gets a second.
 */
export function namespacesScript(namespace: string, namespaces: readonly TemporalNamespace[]): string {
  return [
    temporalCommand(namespace),
    "ensure() {",
    '  name=$1 active=$2 days=$3; shift 3; set -- $(for c in "$@"; do echo "--cluster $c"; done)',
    '  many=false; if [ "$#" -gt 2 ]; then many=true; fi',
    '  if ! found=$(t operator namespace describe --namespace "$name" --output json 2>/dev/null); then',
    '    if $many; then set -- --global "$@" --active-cluster "$active"; else set --; fi',
    '    t operator namespace create --namespace "$name" --retention "${days}d" "$@"',
    "    return",
    "  fi",
    "  if $many; then",
    '    case $(echo "$found" | tr -d " \\n") in',
    "      *'\"isGlobalNamespace\":true'*) ;;",
    '      *) t operator namespace update --namespace "$name" --promote-global ;;',
    "    esac",
    '    t operator namespace update --namespace "$name" --active-cluster "$active"',
    '    t operator namespace update --namespace "$name" --retention "${days}d" "$@"',
    "  else",
    '    t operator namespace update --namespace "$name" --retention "${days}d"',
    "  fi",
    "}",
    ...namespaces.map(call),
  ].join("\n");
}
