/** Values of the official Helm charts, as far as Meridian sets them. */
import type { MessagingNatsSpec, NatsPeer } from "../../automation/fleet/specs/kubernetes/nats";
import type { Trust } from "./claims";
import {
  CREDENTIALS,
  GATEWAY_PORT,
  LEAF_PORT,
  NATS_CERTIFICATE,
  NATS_RELEASE,
  natsUrl,
  PLATFORM_SECRET,
  STORAGE_SECRET,
} from "./nats-names";

const LEAF_PATH = "/etc/nats-leaf";
const CA_FILE = "/etc/nats-ca-cert/ca.crt";

/** Servers show each other certificates; clients show their credentials. */
const tls = (verify: boolean) => ({
  enabled: true,
  secretName: NATS_CERTIFICATE,
  ...(verify ? { merge: { verify: true } } : {}),
});

const urlOf = ({ address: { host } }: NatsPeer, port: number): string => `tls://${host}:${String(port)}`;

/** Joins the regions that write; one alone listens, so that a second is one edit away. */
function gateway({ region, role }: MessagingNatsSpec) {
  if (role.kind === "leaf") return { enabled: false };
  const gateways = role.gateways.map((peer) => ({ name: peer.region, url: urlOf(peer, GATEWAY_PORT) }));
  return {
    enabled: true,
    port: GATEWAY_PORT,
    tls: tls(true),
    merge: { name: region, reject_unknown_cluster: true, ...(gateways.length === 0 ? {} : { gateways }) },
  };
}

/** A hub listens for leaf nodes; a leaf joins its hub in the platform's account, and in no workspace's. */
function leafnodes({ role }: MessagingNatsSpec, trust: Trust) {
  if (role.kind === "hub") return { enabled: true, port: LEAF_PORT, tls: tls(true) };
  const remote = {
    url: urlOf(role.hub, LEAF_PORT),
    account: trust.platform.publicKey,
    credentials: `${LEAF_PATH}/${CREDENTIALS}`,
    tls: {
      cert_file: "/etc/nats-certs/leafnodes/tls.crt",
      key_file: "/etc/nats-certs/leafnodes/tls.key",
      ca_file: CA_FILE,
    },
  };
  return { enabled: true, port: LEAF_PORT, tls: tls(true), merge: { remotes: [remote] } };
}

/** Of the resolver: some kilobytes an account. */
const ACCOUNTS = "1Gi";

const volume = ({ storage: { storageClass } }: MessagingNatsSpec, size: string) => ({
  enabled: true,
  size,
  ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
});

const configOf = (spec: MessagingNatsSpec, trust: Trust) => ({
  serverNamePrefix: `${spec.region}-`,
  cluster: {
    enabled: true,
    replicas: spec.servers,
    tls: tls(true),
    merge: { name: spec.region },
  },
  jetstream: {
    enabled: true,
    fileStore: {
      enabled: true,
      pvc: volume(spec, spec.storage.size),
    },
    // The chart writes what stands in << >> unquoted: a variable of the server.
    merge: { domain: spec.domain, cipher: "chachapoly", key: "<< $JETSTREAM_KEY >>" },
  },
  nats: { tls: tls(false) },
  gateway: gateway(spec),
  leafnodes: leafnodes(spec, trust),
  monitor: { enabled: true, tls: { enabled: false } },
  resolver: {
    enabled: true,
    pvc: volume(spec, ACCOUNTS),
    merge: { type: "full", allow_delete: true, interval: "2m", timeout: "5s" },
  },
  merge: {
    operator: trust.operatorToken,
    system_account: trust.system.publicKey,
    resolver_preload: {
      [trust.system.publicKey]: trust.system.token,
      [trust.platform.publicKey]: trust.platform.token,
    },
  },
});

const add = (path: string, value: object) => ({ op: "add", path, value });

/** Of the servers. */
export function natsValues(spec: MessagingNatsSpec, trust: Trust) {
  const leaf = spec.role.kind === "leaf";
  return {
    config: configOf(spec, trust),
    tlsCA: { enabled: true, secretName: NATS_CERTIFICATE, key: "ca.crt" },
    container: {
      env: { JETSTREAM_KEY: { valueFrom: { secretKeyRef: { name: STORAGE_SECRET, key: "key" } } } },
      ...(leaf
        ? { patch: [add("/volumeMounts/-", { name: "leaf", mountPath: LEAF_PATH, readOnly: true })] }
        : {}),
    },
    podTemplate: {
      topologySpreadConstraints: {
        "kubernetes.io/hostname": { maxSkew: 1, whenUnsatisfiable: "ScheduleAnyway" },
      },
      ...(leaf
        ? { patch: [add("/spec/volumes/-", { name: "leaf", secret: { secretName: PLATFORM_SECRET } })] }
        : {}),
    },
    podDisruptionBudget: { enabled: true },
    promExporter: { enabled: true },
    natsBox: { enabled: false },
    service: {
      ports: { leafnodes: { enabled: true }, gateway: { enabled: !leaf } },
      merge: { spec: { type: "LoadBalancer" } },
    },
  };
}

/** Of NACK, which watches this namespace alone. */
export const nackValues = ({ namespace }: MessagingNatsSpec) => ({
  namespaced: true,
  jetstream: {
    nats: {
      url: natsUrl(namespace),
      credentials: { secret: { name: PLATFORM_SECRET, key: CREDENTIALS } },
    },
    tls: { enabled: true, secretName: NATS_CERTIFICATE },
    additionalArgs: ["--crd-connect"],
  },
});

/** Names in the servers' certificate: those of clients, of each other, and of other regions. */
export const natsNames = ({ address, namespace }: MessagingNatsSpec): readonly string[] => [
  address.host,
  NATS_RELEASE,
  `${NATS_RELEASE}.${namespace}.svc`,
  `*.${NATS_RELEASE}-headless`,
  `*.${NATS_RELEASE}-headless.${namespace}.svc.cluster.local`,
];
