/** Values of the official Helm chart, as far as Meridian sets them. */
import type { WorkflowTemporalSpec } from "../../automation/fleet/specs/kubernetes/temporal";
import { ownerSecret } from "../postgres/cnpg-names";
import { FRONTEND, FRONTEND_CERTIFICATE, FRONTEND_PORT, INTERNODE_CERTIFICATE } from "./temporal-names";

const FRONTEND_PATH = "/etc/temporal/frontend";
const INTERNODE_PATH = "/etc/temporal/internode";
const DATABASE_PATH = "/etc/temporal/database";
const POSTGRES_PORT = 5432;

/** CNPG keeps the authority of a cluster's own certificates under this name. */
const databaseAuthority = (cluster: string): string => `${cluster}-ca`;

/** Names Temporal's nodes know each other by; it is in their certificate, not in the DNS. */
export const INTERNODE_NAME = "temporal-internode";

interface Datastore {
  readonly sql: {
    readonly createDatabase: boolean;
    readonly manageSchema: boolean;
    readonly pluginName: "postgres12";
    readonly driverName: "postgres12";
    readonly databaseName: string;
    readonly connectAddr: string;
    readonly connectProtocol: "tcp";
    readonly user: string;
    readonly existingSecret: string;
    readonly secretKey: "password";
    readonly maxConns: number;
    readonly maxIdleConns: number;
    readonly maxConnLifetime: string;
    readonly tls: {
      readonly enabled: true;
      readonly caFile: string;
      readonly enableHostVerification: true;
      readonly serverName: string;
    };
  };
}

/** The chart upgrades the schema; the databases themselves are CNPG's. */
function datastore({ persistence, namespace }: WorkflowTemporalSpec, databaseName: string): Datastore {
  const { cluster, user } = persistence;
  const serverName = `${cluster}-rw.${namespace}.svc`;
  return {
    sql: {
      createDatabase: false,
      manageSchema: true,
      pluginName: "postgres12",
      driverName: "postgres12",
      databaseName,
      connectAddr: `${serverName}:${String(POSTGRES_PORT)}`,
      connectProtocol: "tcp",
      user,
      existingSecret: ownerSecret(cluster),
      secretKey: "password",
      maxConns: 20,
      maxIdleConns: 20,
      maxConnLifetime: "1h",
      tls: { enabled: true, caFile: `${DATABASE_PATH}/ca.crt`, enableHostVerification: true, serverName },
    },
  };
}

/** Only the cluster itself: the remote ones are connected while it runs, by the Job. */
const clusterMetadata = ({ address, cluster, master, versions }: WorkflowTemporalSpec) => ({
  enableGlobalNamespace: true,
  failoverVersionIncrement: versions.increment,
  masterClusterName: master,
  currentClusterName: cluster,
  clusterInformation: {
    [cluster]: {
      enabled: true,
      initialFailoverVersion: versions.initial,
      rpcName: "frontend",
      rpcAddress: `${address.host}:${String(address.port)}`,
    },
  },
});

const pair = (path: string) => ({ certFile: `${path}/tls.crt`, keyFile: `${path}/tls.key` });
const trusting = (path: string, serverName: string) => ({ serverName, rootCaFiles: [`${path}/ca.crt`] });
const mutual = (path: string, serverName: string) => ({
  server: { ...pair(path), requireClientAuth: true, clientCaFiles: [`${path}/ca.crt`] },
  client: trusting(path, serverName),
});

/** Nobody talks to Temporal, nor its parts to each other, without a certificate of the authority. */
const tls = ({ remotes }: WorkflowTemporalSpec) => ({
  refreshInterval: "1h",
  internode: mutual(INTERNODE_PATH, INTERNODE_NAME),
  frontend: mutual(FRONTEND_PATH, FRONTEND),
  systemWorker: { ...pair(FRONTEND_PATH), client: trusting(FRONTEND_PATH, FRONTEND) },
  remoteClusters: Object.fromEntries(
    remotes.map(({ address: { host } }) => [
      host,
      { server: pair(FRONTEND_PATH), client: trusting(FRONTEND_PATH, host) },
    ]),
  ),
});

function mounts(spec: WorkflowTemporalSpec) {
  const secrets = [
    { name: "frontend-tls", secretName: FRONTEND_CERTIFICATE, mountPath: FRONTEND_PATH },
    { name: "internode-tls", secretName: INTERNODE_CERTIFICATE, mountPath: INTERNODE_PATH },
    {
      name: "database-authority",
      secretName: databaseAuthority(spec.persistence.cluster),
      mountPath: DATABASE_PATH,
      // The Secret holds the authority's key too.
      items: [{ key: "ca.crt", path: "ca.crt" }],
    },
  ];
  return {
    additionalVolumes: secrets.map(({ name, secretName, items }) => ({
      name,
      secret: { secretName, ...(items === undefined ? {} : { items }) },
    })),
    additionalVolumeMounts: secrets.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
  };
}

/** One of a service can go away at any time, and two are not on one machine where there are two. */
const spreading = (component: string) => ({
  podDisruptionBudget: { maxUnavailable: 1 },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { "app.kubernetes.io/component": component } },
    },
  ],
});

/** All of them. */
export function temporalValues(spec: WorkflowTemporalSpec) {
  const { historyShards, persistence, remotes, replicas } = spec;
  return {
    server: {
      replicaCount: replicas,
      ...mounts(spec),
      config: {
        logLevel: "info",
        persistence: {
          defaultStore: "default",
          visibilityStore: "visibility",
          numHistoryShards: historyShards,
          datastores: {
            default: datastore(spec, persistence.database),
            visibility: datastore(spec, persistence.visibility),
          },
        },
        clusterMetadata: clusterMetadata(spec),
        // A client may ask any cluster: what only the active one can do is forwarded to it.
        dcRedirectionPolicy: { policy: "all-apis-forwarding" },
        tls: tls(spec),
      },
      frontend: {
        ...spreading("frontend"),
        service: { type: remotes.length === 0 ? "ClusterIP" : "LoadBalancer", port: FRONTEND_PORT },
      },
      history: spreading("history"),
      matching: spreading("matching"),
      worker: spreading("worker"),
    },
    // Its volumes are the schema Job's too.
    admintools: { enabled: false, ...mounts(spec) },
    web: { enabled: false },
  };
}
