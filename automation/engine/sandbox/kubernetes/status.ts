/** What controllers would report of a healthy object: a row a kind. */
import { documentationAddress, pick, timestamp } from "../digest";
import { isProperties, textAt, valueAt, type Properties, type Value } from "../values";
import { count, objectName } from "./object";

/** Facts of one object that outputs are made of. */
export interface ObjectFacts {
  readonly inputs: Properties;
  readonly uid: string;
  readonly generation: number;
}

/** Fields to lay over the inputs: `spec` defaults and `status`. */
export type KindOutputs = (facts: ObjectFacts) => Properties;

const condition = (type: string, uid: string): Properties => ({
  type,
  status: "True",
  lastTransitionTime: timestamp(uid, type),
});

const loadBalancer = (uid: string): Properties => ({
  loadBalancer: { ingress: [{ ip: documentationAddress(uid) }] },
});

const deployment: KindOutputs = ({ inputs, uid, generation }) => {
  const replicas = count(inputs, 1, "spec", "replicas");
  return {
    spec: { replicas },
    status: {
      observedGeneration: generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      conditions: [condition("Available", uid), condition("Progressing", uid)],
    },
  };
};

const statefulSet: KindOutputs = ({ inputs, generation }) => {
  const replicas = count(inputs, 1, "spec", "replicas");
  return {
    spec: { replicas },
    status: {
      observedGeneration: generation,
      replicas,
      currentReplicas: replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
    },
  };
};

const service: KindOutputs = ({ inputs, uid }) => {
  const type = textAt(inputs, "spec", "type") ?? "ClusterIP";
  const clusterIP =
    textAt(inputs, "spec", "clusterIP") ?? `10.96.${pick(256, "high", uid)}.${1 + pick(254, "low", uid)}`;
  return {
    spec: { type, ...(type === "ExternalName" ? {} : { clusterIP, clusterIPs: [clusterIP] }) },
    status: type === "LoadBalancer" ? loadBalancer(uid) : { loadBalancer: {} },
  };
};

const base64 = (text: Value): string =>
  Buffer.from(typeof text === "string" ? text : JSON.stringify(text)).toString("base64");

const bag = (value: Value | undefined): Properties => (isProperties(value) ? value : {});

const secret: KindOutputs = ({ inputs }) => {
  const texts = Object.entries(bag(valueAt(inputs, "stringData")));
  const encoded = texts.map(([key, text]) => [key, base64(text)] as const);
  const data = { ...bag(valueAt(inputs, "data")), ...Object.fromEntries(encoded) };
  return { type: textAt(inputs, "type") ?? "Opaque", data };
};

const cnpgCluster: KindOutputs = ({ inputs }) => {
  const name = objectName(inputs);
  const instances = count(inputs, 1, "spec", "instances");
  return {
    status: {
      phase: "Cluster in healthy state",
      instances,
      readyInstances: instances,
      currentPrimary: `${name}-1`,
      targetPrimary: `${name}-1`,
      writeService: `${name}-rw`,
      readService: `${name}-r`,
    },
  };
};

const mongo: KindOutputs = ({ inputs }) => {
  const name = objectName(inputs);
  const namespace = textAt(inputs, "metadata", "namespace") ?? "default";
  const members = count(inputs, 1, "spec", "members");
  const hosts = Array.from(
    { length: members },
    (_, n) => `${name}-${n}.${name}-svc.${namespace}.svc.cluster.local:27017`,
  );
  return {
    status: {
      phase: "Running",
      currentStatefulSetReplicas: members,
      currentMongoDBMembers: members,
      mongoUri: `mongodb://${hosts.join(",")}/?replicaSet=${name}`,
    },
  };
};

/** By `group/Kind`. A kind without a row has no status and no defaults. */
export const outputsOfKind: Readonly<Record<string, KindOutputs>> = {
  "apps/DaemonSet": ({ generation }) => ({
    status: { observedGeneration: generation, desiredNumberScheduled: 3, numberReady: 3, numberAvailable: 3 },
  }),
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "batch/Job": ({ inputs, uid }) => ({
    status: { succeeded: count(inputs, 1, "spec", "completions"), conditions: [condition("Complete", uid)] },
  }),
  "networking.k8s.io/Ingress": ({ uid }) => ({ status: loadBalancer(uid) }),
  "postgresql.cnpg.io/Cluster": cnpgCluster,
  "mongodbcommunity.mongodb.com/MongoDBCommunity": mongo,
  "gateway.networking.k8s.io/Gateway": ({ uid }) => ({
    status: {
      addresses: [{ type: "IPAddress", value: documentationAddress(uid) }],
      conditions: [condition("Accepted", uid), condition("Programmed", uid)],
    },
  }),
  Namespace: () => ({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } }),
  PersistentVolumeClaim: ({ inputs, uid }) => ({
    spec: { volumeName: textAt(inputs, "spec", "volumeName") ?? `pvc-${uid}` },
    status: { phase: "Bound", ...capacity(valueAt(inputs, "spec", "resources", "requests")) },
  }),
  Pod: ({ uid }) => ({
    status: { phase: "Running", podIP: `10.244.${pick(256, uid)}.${1 + pick(254, "pod", uid)}` },
  }),
  Secret: secret,
  Service: service,
};

const capacity = (requests: Value | undefined): Properties =>
  requests === undefined ? {} : { capacity: requests };
