/** The Kubernetes snippets of ADR-036 as it prints them, comments left out. */
import { parse } from "yaml";

const asObject = (text: string): Readonly<Record<string, unknown>> => parse(text) as Record<string, unknown>;

export const ADR_CLUSTER = asObject(`
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: postgresql-replica
  namespace: databases
spec:
  instances: 3
  externalClusters:
    - name: postgresql-europe
      connectionParameters:
        host: pg-europe.openova.io
        user: streaming_replica
        sslMode: require
      password:
        name: pg-replication-credentials
        key: password
  replica:
    enabled: true
    source: postgresql-europe
  storage:
    size: 50Gi
    storageClass: local-path
`);

export const ADR_MONGODB = asObject(`
apiVersion: mongodbcommunity.mongodb.com/v1
kind: MongoDBCommunity
metadata:
  name: mongodb-global
  namespace: databases
spec:
  members: 5
  type: ReplicaSet
  version: "7.0.5"
  memberConfig:
    - { votes: 1, priority: 10, tags: { region: europe } }
    - { votes: 1, priority: 9, tags: { region: europe } }
    - { votes: 1, priority: 8, tags: { region: europe } }
    - { votes: 1, priority: 5, tags: { region: india } }
    - { votes: 1, priority: 4, tags: { region: india } }
`);
