/**
 * What brings a Vault to what its spec says, as scripts for its own command line.
 *
 * Each line says what has to be, so a script may run again at any time.
 */
import type {
  VaultConfiguration,
  VaultPerformanceReplication,
} from "../../automation/fleet/specs/kubernetes/vault";

/** Exit 0 is unsealed; 2 is sealed, or not initialised yet: that is for people. */
const BEGIN = [
  'export VAULT_TOKEN="$(cat /token/token)"',
  'until vault status >/dev/null 2>&1; do echo "waiting for somebody to unseal"; sleep 10; done',
];

const once = (list: string, entry: string, then: string): string =>
  `vault ${list} list -format=json | grep -q '"${entry}/"' || ${then}`;

/** Audit log, mounts, policies and roles; policies of Meridian's that are not wanted any more go. */
export function configurationScript({ policies, prefix, roles }: VaultConfiguration): string {
  const names = Object.keys(policies);
  return [
    ...BEGIN,
    // First of all: nothing else is done unlogged.
    once("audit", "file", "vault audit enable file file_path=/vault/audit/audit.log"),
    once("secrets", "secret", "vault secrets enable -path=secret -version=2 kv"),
    once("auth", "kubernetes", "vault auth enable kubernetes"),
    "vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc",
    ...names.map((name) => `vault policy write ${name} - <<'END'\n${policies[name] ?? ""}\nEND`),
    "for name in $(vault policy list); do",
    `  case " ${names.join(" ")} " in *" $name "*) continue ;; esac`,
    `  case "$name" in ${prefix}*) vault policy delete "$name" ;; esac`,
    "done",
    ...roles.map(
      (role) =>
        `vault write auth/kubernetes/role/${role.name} bound_service_account_names='*' ` +
        `bound_service_account_namespaces=${role.namespace} token_policies=${role.policies.join(",")} token_ttl=1h`,
    ),
    "",
  ].join("\n");
}

const MODE = "mode=$(vault read -field=mode sys/replication/performance/status)";

/** Enterprise: turns replication on, and never over a Vault that is already part of one. */
export function replicationScript(
  { primary, role }: VaultPerformanceReplication,
  { region, host }: { readonly region: string; readonly host: string },
): string {
  return [
    ...BEGIN,
    MODE,
    ...(role === "primary" ? primaryLines(host) : secondaryLines(primary, region)),
    "",
  ].join("\n");
}

const primaryLines = (host: string): readonly string[] => [
  'case "$mode" in',
  "  primary) ;;",
  `  disabled) vault write -f sys/replication/performance/primary/enable primary_cluster_addr=https://${host}:8201 ;;`,
  // A promotion is a failover: it has an epoch and a runbook, and a Job has neither.
  '  *) echo "this is a $mode: promote it by the runbook first"; exit 1 ;;',
  "esac",
];

/** Becoming a secondary replaces everything a Vault holds: only one that takes no part yet may. */
const secondaryLines = (primary: string, region: string): readonly string[] => [
  'if [ "$mode" = secondary ]; then exit 0; fi',
  'if [ "$mode" != disabled ]; then echo "this is a $mode: demote it by the runbook first"; exit 1; fi',
  `at_primary() { VAULT_ADDR=https://${primary}:8200 VAULT_TOKEN="$(cat /primary/token)" vault "$@"; }`,
  // A token that was given to an attempt that failed is void.
  `at_primary write sys/replication/performance/primary/revoke-secondary id=${region} || true`,
  `token=$(at_primary write -field=wrapping_token sys/replication/performance/primary/secondary-token id=${region})`,
  `vault write sys/replication/performance/secondary/enable token="$token" primary_api_addr=https://${primary}:8200 ca_file=/vault/userconfig/vault-tls/ca.crt`,
];

/** A snapshot a night on a volume of its own, kept for 30 days: sealed as the storage is. */
export const snapshotScript = (role: string): string =>
  [
    `export VAULT_TOKEN="$(vault write -field=token auth/kubernetes/login role=${role} jwt=@/var/run/secrets/kubernetes.io/serviceaccount/token)"`,
    'vault operator raft snapshot save "/snapshots/$(date -u +%Y%m%dT%H%M%SZ).snap"',
    "find /snapshots -name '*.snap' -mtime +30 -delete",
    "",
  ].join("\n");
