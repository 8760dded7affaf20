import { buildKubernetes } from "../../../components/kubernetes-program";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context, registered } from "../registered";
import { ADR_CLUSTER, ADR_MONGODB } from "./adr-036";
import { refusals } from "./cnpg-admission";
import { clusterSpec, mongodbSpec, postgresSpec, stackSpec, type Phase, type Region } from "./example-specs";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";

type Spec = Parameters<typeof refusals>[1];

/** The custom resources of a stack: those whose API group is a domain Kubernetes does not own. */
async function customResources(region: Region, phase: Phase, components?: readonly ComponentSpec[]) {
  const stack = stackSpec(region, phase, components);
  const all = await registered(() => buildKubernetes(stack, context()));
  const groups = /\.(cnpg\.io|mongodb\.com|coreos\.com)\/|^(postgresql|barmancloud)\.cnpg\.io\//;
  return all.map(({ inputs }) => inputs).filter(({ apiVersion }) => groups.test(String(apiVersion)));
}

const stacks = (["single", "read-replicas", "active-active"] as const).flatMap((phase) =>
  (["europe", "india"] as const)
    .filter((region) => phase !== "single" || region === "europe")
    .map((region) => ({ name: `${phase}, ${region}`, region, phase })),
);

describeWithSchemas("custom resources against their definitions", () => {
  test.each(stacks)("$name: every one is valid", async ({ region, phase }) => {
    const objects = await customResources(region, phase);
    expect(objects.length).toBeGreaterThan(3);
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
  });

  test("every optional part is valid too", async () => {
    const tls = {
      caCertificate: { secret: "mongodb-ca" },
      certificate: { secret: "mongodb-certificate" },
      key: { secret: "mongodb-key" },
    };
    const full: readonly ComponentSpec[] = [
      clusterSpec("europe"),
      {
        ...postgresSpec("europe", "read-replicas", "europe"),
        bootstrap: { kind: "recovery", from: "postgresql-europe" },
        synchronous: { standbys: 1, dataDurability: "preferred" },
        parameters: { max_connections: "200" },
        pooler: { instances: 2, mode: "transaction" },
      },
      {
        ...mongodbSpec(),
        tls,
        members: mongodbSpec().members.map((member, ordinal) => ({
          ...member,
          endpoint: { host: `mongodb-${String(ordinal)}.openova.io`, port: 27017 + ordinal },
        })),
      },
    ];
    const objects = await customResources("europe", "read-replicas", full);
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      "Cluster",
      "MongoDBCommunity",
      "ObjectStore",
      "PodMonitor",
      "Pooler",
      "PrometheusRule",
      "ScheduledBackup",
    ]);
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
  });

  test("an unknown or mistyped field is found", () => {
    const cluster = {
      ...ADR_CLUSTER,
      spec: { instances: "3", storage: { size: "1Gi", sizes: "2Gi" }, replicas: 2 },
    };
    expect(violations(cluster)).toEqual([
      '/spec: unknown field "replicas"',
      "/spec/instances: must be integer",
      '/spec/storage: unknown field "sizes"',
    ]);
  });

  test("the document's MongoDBCommunity is not valid", () => {
    expect(violations(ADR_MONGODB)).toEqual([
      "/spec: must have required property 'security'",
      "/spec: must have required property 'users'",
      "/spec/memberConfig/0/priority: must be string",
      "/spec/memberConfig/1/priority: must be string",
      "/spec/memberConfig/2/priority: must be string",
      "/spec/memberConfig/3/priority: must be string",
      "/spec/memberConfig/4/priority: must be string",
    ]);
  });

  test("the document's CNPG Cluster passes the schema", () => {
    expect(violations(ADR_CLUSTER)).toEqual([]);
  });
});

describe("what the operator admits", () => {
  test("the document's CNPG Cluster is refused", () => {
    expect(refusals("postgresql-replica", ADR_CLUSTER["spec"] as Spec)).toEqual([
      "bootstrap configuration is required for replica mode",
      'invalid connection option "sslMode"',
      "connection requires a valid client certificate",
    ]);
  });

  test.each(stacks)("ours is admitted: $name", async ({ region, phase }) => {
    const objects = await customResources(region, phase);
    const [cluster] = objects.filter(({ kind }) => kind === "Cluster");
    expect(refusals(`postgresql-${region}`, cluster?.["spec"] as Spec)).toEqual([]);
  });

  test("ours is admitted on both sides of a switchover, before and after", async () => {
    const sides = (["europe", "india"] as const).flatMap((primary) =>
      (["europe", "india"] as const).map((region) => ({ primary, region })),
    );
    for (const { primary, region } of sides) {
      const components = [clusterSpec(region), postgresSpec(region, "read-replicas", primary)];
      const objects = await customResources(region, "read-replicas", components);
      const [cluster] = objects.filter(({ kind }) => kind === "Cluster");
      expect(refusals(`postgresql-${region}`, cluster?.["spec"] as Spec)).toEqual([]);
    }
  });
});
