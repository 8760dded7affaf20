/** Values of the official Vault chart, as far as Meridian sets them. */
import type { VaultSpec } from "../../automation/fleet/specs/kubernetes/vault";

export const CHART = {
  chart: "vault",
  version: "0.32.0",
  repo: "https://helm.releases.hashicorp.com",
} as const;
const VERSION = "1.21.2";
export const RELEASE = "vault";
/** Holds `tls.crt`, `tls.key` and `ca.crt`. */
export const CERTIFICATE = "vault-tls";
export const LICENSE = "vault-license";

export const imageOf = ({ edition }: Pick<VaultSpec, "edition">): { repository: string; tag: string } =>
  edition === "enterprise"
    ? { repository: "hashicorp/vault-enterprise", tag: `${VERSION}-ent` }
    : { repository: "hashicorp/vault", tag: VERSION };

interface Volume {
  readonly enabled: true;
  readonly size: string;
  readonly storageClass?: string;
}

/** The part of the chart's values.yaml that is set. */
export interface VaultValues {
  readonly global: { readonly tlsDisable: false };
  readonly injector: { readonly enabled: true; readonly replicas: number };
  readonly ui: { readonly enabled: false };
  readonly server: {
    readonly image: { readonly repository: string; readonly tag: string };
    readonly resources: { readonly requests: object; readonly limits: object };
    readonly extraEnvironmentVars: Readonly<Record<string, string>>;
    readonly extraVolumes: readonly { readonly type: "secret"; readonly name: string }[];
    readonly dataStorage: Volume;
    readonly auditStorage: Volume;
    readonly readinessProbe: { readonly enabled: true; readonly path: string };
    readonly enterpriseLicense?: { readonly secretName: string; readonly secretKey: string };
    readonly ha: {
      readonly enabled: true;
      readonly replicas: number;
      readonly raft: { readonly enabled: true; readonly setNodeId: true; readonly config: string };
    };
  };
}

const TLS = `/vault/userconfig/${CERTIFICATE}`;

/** Everything is encrypted, every request is logged, one server may be lost. */
export function vaultValues(spec: VaultSpec): VaultValues {
  const { license, resources, servers, storage } = spec;
  const volume: Volume = { enabled: true, ...storage };
  return {
    global: { tlsDisable: false },
    injector: { enabled: true, replicas: 2 },
    ui: { enabled: false },
    server: {
      image: imageOf(spec),
      resources: { requests: resources, limits: { memory: resources.memory } },
      extraEnvironmentVars: { VAULT_CACERT: `${TLS}/ca.crt` },
      extraVolumes: [{ type: "secret", name: CERTIFICATE }],
      dataStorage: volume,
      auditStorage: volume,
      // A sealed server is alive and not ready: people have to reach it to unseal it.
      readinessProbe: { enabled: true, path: "/v1/sys/health?standbyok=true&perfstandbyok=true" },
      ...(license === undefined ? {} : { enterpriseLicense: { secretName: LICENSE, secretKey: "license" } }),
      ha: {
        enabled: true,
        replicas: servers,
        raft: { enabled: true, setNodeId: true, config: raftConfig(servers) },
      },
    },
  };
}

const peer = (ordinal: number): string => `  retry_join {
    leader_api_addr       = "https://${RELEASE}-${String(ordinal)}.${RELEASE}-internal:8200"
    leader_ca_cert_file   = "${TLS}/ca.crt"
    leader_tls_servername = "${RELEASE}"
  }`;

/** HCL of every server alike. Raft's files are mapped into memory: locking it would take all there is. */
const raftConfig = (servers: number): string => `disable_mlock = true
listener "tcp" {
  address         = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file   = "${TLS}/tls.crt"
  tls_key_file    = "${TLS}/tls.key"
  tls_min_version = "tls12"
  telemetry { unauthenticated_metrics_access = true }
}
storage "raft" {
  path = "/vault/data"
${Array.from({ length: servers }, (_, ordinal) => peer(ordinal)).join("\n")}
}
telemetry {
  prometheus_retention_time = "30s"
  disable_hostname          = true
}
service_registration "kubernetes" {}
`;
