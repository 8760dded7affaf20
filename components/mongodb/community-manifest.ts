import type { MongodbCommunitySpec, MongodbMember } from "../../automation/fleet/specs/kubernetes/mongodb";

export const passwordSecret = (resource: string): string => `${resource}-password`;
export const caSecret = (resource: string): string => `${resource}-ca`;
export const certificateSecret = (resource: string): string => `${resource}-certificate`;

/** The `spec` of the MongoDBCommunity. */
export function communitySpec(spec: MongodbCommunitySpec) {
  return {
    members: spec.members.length,
    type: "ReplicaSet",
    version: spec.version,
    memberConfig: spec.members.map(memberConfig),
    ...horizons(spec.members),
    security: {
      authentication: { modes: ["SCRAM"] },
      ...(spec.tls === undefined ? {} : { tls: tlsOf(spec.resource) }),
    },
    users: [userOf(spec)],
    statefulSet: { spec: statefulSet(spec) },
  };
}

/** The definition has priorities as text: the numbers of the document it refuses. */
const memberConfig = ({ region, votes, priority }: MongodbMember) => ({
  votes,
  priority: String(priority),
  tags: { region },
});

/** Members tell a client of another region the names it can reach them by. */
function horizons(members: readonly MongodbMember[]) {
  const external = members.flatMap(({ endpoint }) =>
    endpoint === undefined ? [] : [{ external: `${endpoint.host}:${String(endpoint.port)}` }],
  );
  return external.length === 0 ? {} : { replicaSetHorizons: external };
}

const tlsOf = (resource: string) => ({
  enabled: true,
  caCertificateSecretRef: { name: caSecret(resource) },
  certificateKeySecretRef: { name: certificateSecret(resource) },
});

const userOf = ({ user, database, resource }: MongodbCommunitySpec) => ({
  name: user,
  db: "admin",
  passwordSecretRef: { name: passwordSecret(resource) },
  roles: [{ name: "readWrite", db: database }],
  scramCredentialsSecretName: `${resource}-${user}`,
});

/** Merged by the operator into the StatefulSet it makes. */
const statefulSet = ({ resource, resources, spread, storage }: MongodbCommunitySpec) => ({
  template: {
    spec: {
      containers: [{ name: "mongod", resources: { requests: resources, limits: resources } }],
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: spread === "regions" ? "topology.kubernetes.io/region" : "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { app: `${resource}-svc` } },
        },
      ],
    },
  },
  volumeClaimTemplates: [
    volumeClaim("data-volume", storage.storageClass, storage.size),
    volumeClaim("logs-volume", storage.storageClass, "2Gi"),
  ],
});

const volumeClaim = (name: string, storageClassName: string, storage: string) => ({
  metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], storageClassName, resources: { requests: { storage } } },
});
