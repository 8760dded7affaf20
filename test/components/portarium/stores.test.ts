/** PostgreSQL, MinIO, Vault and migrations of portarium, as planned from its manifests. */
import fc from "fast-check";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import { MinioTenant } from "../../../components/objectstore/minio";
import { ExpandContractMigrations } from "../../../components/migrations/expand-contract";
import { buildKubernetes } from "../../../components/kubernetes-program";
import { CnpgPostgres } from "../../../components/postgres/cnpg";
import { clusterSpec } from "../../../components/postgres/cnpg-cluster";
import { synchronousOf } from "../../../components/postgres/cnpg-synchronous";
import { VaultCluster } from "../../../components/secrets/vault";
import { edit } from "../../fleet/build-manifests";
import { componentOf, inputOf, PORTARIUM, stackWith } from "../../fleet/portarium";
import { describeWithSchemas, violations } from "../crd-schemas";
import { refusals } from "../kubernetes/cnpg-admission";
import { context, find, outline, registered, type Registered } from "../registered";

const input = inputOf();
const REGIONS = ["eu-central", "eu-north", "us-east", "us-west"] as const;
const setting = (region: string) => ({ platform: "portarium", region, context: context() });
const postgres = (region: string, from = input) => componentOf(from, region, "postgres/cnpg", "postgres");
const query = (region: string, from = input) => componentOf(from, region, "postgres/cnpg", "postgres-query");
const minio = (region: string, from = input) => componentOf(from, region, "objectstore/minio");
const vault = (region: string, from = input) => componentOf(from, region, "secrets/vault");
const migrations = (region: string, from = input) => componentOf(from, region, "migrations/expand-contract");

function made(spec: ComponentSpec, region: string): Promise<readonly Registered[]> {
  return registered(() => {
    switch (spec.kind) {
      case "postgres/cnpg":
        return new CnpgPostgres(spec, setting(region));
      case "objectstore/minio":
        return new MinioTenant(spec, setting(region));
      case "secrets/vault":
        return new VaultCluster(spec, setting(region));
      case "migrations/expand-contract":
        return new ExpandContractMigrations(spec, setting(region));
      default:
        throw new RangeError(spec.kind);
    }
  });
}

/** Names of the resources that differ between two stacks. */
function changed(before: readonly Registered[], after: readonly Registered[]): readonly string[] {
  const print = (all: readonly Registered[]) =>
    new Map(all.map((one) => [`${one.type} ${one.name}`, JSON.stringify(one.inputs)]));
  const [from, to] = [print(before), print(after)];
  return [...new Set([...from.keys(), ...to.keys()])].filter((key) => from.get(key) !== to.get(key)).sort();
}

const specOf = (one: Registered) => one.inputs["spec"] as Readonly<Record<string, unknown>>;

describe("a standby region that confirms commits", () => {
  test.each([
    { writer: "eu-central", standby: "eu-north" },
    { writer: "us-east", standby: "us-west" },
  ])("$writer waits for $standby by name, and for one instance beside the primary", ({ writer, standby }) => {
    expect(synchronousOf(postgres(writer))).toEqual({
      synchronous: {
        method: "first",
        number: 2,
        dataDurability: "required",
        standbyNamesPre: [`postgresql-${standby}`],
        maxStandbyNamesFromCluster: 2,
      },
    });
    expect(synchronousOf(postgres(standby))).toEqual({});
    const { externalClusters } = clusterSpec(postgres(standby), {}) as {
      externalClusters: readonly { name: string; connectionParameters: Record<string, string> }[];
    };
    const followed = externalClusters.find(({ name }) => name === `postgresql-${writer}`);
    expect(followed?.connectionParameters["application_name"]).toBe(`postgresql-${standby}`);
  });

  test.each([
    {
      name: "strict: as many names as confirmations",
      instances: 3,
      dataDurability: "required" as const,
      number: 2,
      local: 1,
    },
    {
      name: "strict, alone: the region only",
      instances: 1,
      dataDurability: "required" as const,
      number: 1,
      local: 0,
    },
    {
      name: "two instances: either one may be lost",
      instances: 2,
      dataDurability: "preferred" as const,
      number: 1,
      local: 1,
    },
    { name: "five instances", instances: 5, dataDurability: "preferred" as const, number: 2, local: 4 },
  ])("$name", ({ instances, dataDurability, number, local }) => {
    const synchronous = { standbys: 1, dataDurability, across: ["north"] };
    expect(synchronousOf({ instances, synchronous })).toEqual({
      synchronous: {
        method: "first",
        number,
        dataDurability: "required",
        standbyNamesPre: ["north"],
        maxStandbyNamesFromCluster: local,
      },
    });
  });

  test("preferred with nobody to stand in is the operator's own", () => {
    const synchronous = { standbys: 1, dataDurability: "preferred" as const, across: ["north"] };
    expect(synchronousOf({ instances: 1, synchronous })).toEqual({
      synchronous: { method: "any", number: 1, dataDurability: "preferred" },
    });
  });

  test("preferred never stops writes for the loss of one; strict never goes on without the region", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom("required" as const, "preferred" as const),
        (instances, standbys, regions, dataDurability) => {
          const across = Array.from({ length: regions }, (_, n) => `region-${String(n)}`);
          const wanted = synchronousOf({ instances, synchronous: { standbys, dataDurability, across } });
          const made = wanted.synchronous as {
            number: number;
            standbyNamesPre?: readonly string[];
            maxStandbyNamesFromCluster?: number;
          };
          if (made.standbyNamesPre === undefined) return;
          const names = made.standbyNamesPre.length + (made.maxStandbyNamesFromCluster ?? 0);
          expect(made.number).toBeGreaterThanOrEqual(1);
          if (dataDurability === "preferred") expect(made.number).toBeLessThanOrEqual(Math.max(1, names - 1));
          else expect(made.number).toBeGreaterThan(made.maxStandbyNamesFromCluster ?? 0);
        },
      ),
    );
  });
});

describe("copies for query services", () => {
  test("are a cluster of their own with the schema of the writer, and a subscription", async () => {
    const spec = query("eu-north");
    const all = await made(spec, "eu-north");
    expect(outline(all)).toEqual([
      "kubernetes:core/v1:ConfigMap postgres-query-queries < postgres-query",
      "kubernetes:core/v1:Secret postgres-query-owner < postgres-query",
      "kubernetes:core/v1:Secret postgres-query-replication < postgres-query",
      "kubernetes:core/v1:Secret postgres-query-trust < postgres-query",
      "kubernetes:monitoring.coreos.com/v1:PodMonitor postgres-query-metrics < postgres-query",
      "kubernetes:postgresql.cnpg.io/v1:Cluster postgres-query-cluster < postgres-query",
      "kubernetes:postgresql.cnpg.io/v1:Subscription postgres-query-subscription-portarium < postgres-query",
      "meridian:postgres:Cnpg postgres-query",
    ]);
    expect(specOf(find(all, "postgres-query-subscription-portarium"))).toEqual({
      cluster: { name: "query-eu-central-1" },
      name: "query_eu_central_1_portarium",
      dbname: "portarium",
      externalClusterName: "postgresql-eu-central",
      publicationName: "meridian",
      publicationDBName: "portarium",
      subscriptionReclaimPolicy: "retain",
      parameters: { copy_data: "true", failover: "true", disable_on_error: "false", streaming: "parallel" },
    });
    const cluster = specOf(find(all, "postgres-query-cluster"));
    expect({
      bootstrap: cluster["bootstrap"],
      instances: cluster["instances"],
      replica: cluster["replica"],
    }).toEqual({
      instances: 1,
      replica: undefined,
      bootstrap: {
        initdb: {
          database: "portarium",
          owner: "portarium",
          secret: { name: "query-eu-central-1-owner" },
          encoding: "UTF8",
          dataChecksums: true,
          import: {
            type: "microservice",
            schemaOnly: true,
            databases: ["portarium"],
            source: { externalCluster: "postgresql-eu-central" },
            pgDumpExtraOptions: ["--no-publications", "--no-subscriptions"],
          },
        },
      },
    });
  });

  test("read the writer inside its region, and over the network elsewhere", () => {
    const publishers = REGIONS.map((region) => {
      const { topology } = query(region);
      return topology.kind === "subscriber" ? topology.publisher.endpoint.host : topology.kind;
    });
    expect(publishers).toEqual([
      "postgresql-eu-central-rw.databases.svc",
      "postgres.eu-central.portarium.example",
      "postgresql-us-east-rw.databases.svc",
      "postgres.us-east.portarium.example",
    ]);
  });

  test("only the writer publishes; every member knows the role that reads", async () => {
    for (const region of REGIONS) {
      const all = await made(postgres(region), region);
      const publishes = all.some(({ type }) => type.endsWith(":Publication"));
      const cluster = specOf(find(all, "postgres-cluster"));
      const { roles } = cluster["managed"] as { roles: readonly { name: string; replication: boolean }[] };
      expect({ region, publishes, roles: roles.map(({ name }) => name) }).toEqual({
        region,
        publishes: region === "eu-central" || region === "us-east",
        roles: ["logical_replica"],
      });
    }
  });

  test("follow another writer as another copy", () => {
    const failedOver = inputOf(
      edit(
        PORTARIUM,
        "writers: [{ region: eu-central, epoch: 1 }], standbys: [eu-north]",
        "writers: [{ region: eu-north, epoch: 2 }], standbys: [eu-central]",
      ),
    );
    expect(query("eu-north", failedOver).cluster).toBe("query-eu-north-2");
    expect(postgres("eu-north", failedOver).synchronous?.across).toEqual(["postgresql-eu-central"]);
  });
});

describe("the archive", () => {
  test("goes to the tenant of the region, which its authority signs", async () => {
    const all = await made(postgres("us-west"), "us-west");
    expect(specOf(find(all, "postgres-backups"))).toMatchObject({
      configuration: {
        destinationPath: "s3://postgres-backups/postgres",
        endpointURL: "https://minio.objectstore.svc.cluster.local",
        endpointCA: { name: "postgresql-us-west-backup-trust", key: "ca.crt" },
      },
      retentionPolicy: "30d",
    });
    expect(specOf(find(all, "postgres-backup-schedule"))["schedule"]).toBe("0 0 1 * * *");
  });
});

describe("MinIO", () => {
  test("of the first site makes buckets; its exact children", async () => {
    expect(outline(await made(minio("eu-central"), "eu-central"))).toEqual([
      "kubernetes:batch/v1:CronJob objectstore-evidence-verifier < objectstore",
      "kubernetes:batch/v1:Job objectstore-buckets < objectstore",
      "kubernetes:cert-manager.io/v1:Certificate objectstore-minio-certificate < objectstore",
      "kubernetes:cert-manager.io/v1:Issuer objectstore-issuer < objectstore",
      "kubernetes:core/v1:ConfigMap objectstore-evidence-verifier-program < objectstore",
      "kubernetes:core/v1:Secret objectstore-access < objectstore",
      "kubernetes:core/v1:Secret objectstore-authority < objectstore",
      "kubernetes:core/v1:Secret objectstore-configuration < objectstore",
      "kubernetes:core/v1:Secret objectstore-evidence-verifier-key < objectstore",
      "kubernetes:helm.sh/v3:Release objectstore-operator < objectstore",
      "kubernetes:minio.min.io/v2:Tenant objectstore-tenant < objectstore",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule objectstore-evidence-alerts < objectstore",
      "meridian:objectstore:Minio objectstore",
    ]);
  });

  test("of another site joins it instead, empty as it must be", async () => {
    const [first, other] = [await made(minio("us-east"), "us-east"), await made(minio("us-west"), "us-west")];
    const jobs = (all: readonly Registered[]) =>
      all.filter(({ type }) => type.endsWith(":Job")).map(({ name }) => name);
    expect([jobs(first), jobs(other)]).toEqual([["objectstore-buckets"], ["objectstore-sites"]]);
  });

  test("keeps evidence for ten years, and replaced backups for 30 days", () => {
    expect(minio("eu-central").buckets).toEqual([
      { name: "evidence", versioning: true, lockDays: 3650 },
      { name: "artifacts", versioning: true },
      { name: "postgres-backups", versioning: true, expireReplacedDays: 30 },
    ]);
  });

  test("never copies across a jurisdiction", () => {
    const groups = REGIONS.map((region) => {
      const replication = minio(region).replication;
      return [replication?.jurisdiction, ...(replication?.sites ?? []).map((site) => site.region)];
    });
    expect(groups).toEqual([
      ["EU", "eu-central", "eu-north"],
      ["EU", "eu-central", "eu-north"],
      ["US", "us-east", "us-west"],
      ["US", "us-east", "us-west"],
    ]);
  });

  test("not even in a cell that spans two: the region outside keeps its own objects", () => {
    const spanning = {
      ...input,
      topology: {
        ...input.topology,
        cells: [
          {
            name: "eu",
            writers: [{ region: "eu-central", epoch: 1 }],
            standbys: ["eu-north", "us-west"],
            readers: ["us-east"],
          },
        ],
      },
    };
    const sites = REGIONS.map((region) =>
      minio(region, spanning).replication?.sites.map((site) => site.region),
    );
    expect(sites).toEqual([["eu-central", "eu-north"], ["eu-central", "eu-north"], undefined, undefined]);
    expect(minio("us-west", spanning).buckets.map(({ name }) => name)).toEqual([
      "evidence",
      "artifacts",
      "postgres-backups",
    ]);
  });

  test("a spec that would is refused", async () => {
    const spec = minio("eu-central");
    const foreign = { region: "us-east", endpoint: "https://objects.example", jurisdictions: ["US"] };
    const replication = { jurisdiction: "EU", sites: [...(spec.replication?.sites ?? []), foreign] };
    await expect(made({ ...spec, replication }, "eu-central")).rejects.toMatchObject({ code: "MRD5021" });
  });

  test("passwords and keys are secret wherever they are", async () => {
    const all = await made(minio("eu-central"), "eu-central");
    const clear = all.flatMap(({ inputs, name, secrets }) =>
      JSON.stringify(inputs).includes("-value") && secrets.length === 0 ? [name] : [],
    );
    expect(clear).toEqual([]);
    expect(find(all, "objectstore-access").inputs["stringData"]).toMatchObject({
      MC_HOST_self: "https://portarium:minio-root-value@minio.objectstore.svc.cluster.local",
      MC_HOST_eu_north: "https://portarium:minio-root-value@objects.eu-north.portarium.example",
      POSTGRES_ACCESS_KEY_ID: "minio-postgres-access-key-id-value",
    });
  });
});

describe("Vault", () => {
  test("of open source shares its configuration, each region by itself", async () => {
    expect(outline(await made(vault("eu-north"), "eu-north"))).toEqual([
      "kubernetes:batch/v1:CronJob secrets-snapshots < secrets",
      "kubernetes:batch/v1:Job secrets-configuration < secrets",
      "kubernetes:cert-manager.io/v1:Certificate secrets-vault-tls < secrets",
      "kubernetes:cert-manager.io/v1:Issuer secrets-issuer < secrets",
      "kubernetes:core/v1:PersistentVolumeClaim secrets-snapshots < secrets",
      "kubernetes:core/v1:Secret secrets-authority < secrets",
      "kubernetes:helm.sh/v3:Release secrets-release < secrets",
      "meridian:secrets:Vault secrets",
    ]);
    const configurations = REGIONS.map((region) => JSON.stringify(vault(region).configuration));
    expect(new Set(configurations).size).toBe(1);
  });

  test("is the official chart at a pinned version: three servers on Raft, encrypted, audited", async () => {
    const { inputs } = find(await made(vault("us-east"), "us-east"), "secrets-release");
    expect(inputs).toMatchObject({
      chart: "vault",
      version: "0.32.0",
      repositoryOpts: { repo: "https://helm.releases.hashicorp.com" },
      values: {
        global: { tlsDisable: false },
        server: {
          image: { repository: "hashicorp/vault", tag: "1.21.2" },
          auditStorage: { enabled: true, size: "10Gi", storageClass: "hcloud-volumes" },
          ha: { enabled: true, replicas: 3, raft: { enabled: true, setNodeId: true } },
        },
      },
    });
    const { config } = (inputs["values"] as { server: { ha: { raft: { config: string } } } }).server.ha.raft;
    expect(config.match(/retry_join/g)).toHaveLength(3);
  });

  test("of the enterprise edition replicates inside a cell: primary, secondary, licence", async () => {
    const enterprise = inputOf(
      edit(
        edit(PORTARIUM, "edition: open-source", "edition: enterprise"),
        "replication: shared-configuration",
        "replication: performance",
      ),
    );
    const jobs = async (region: string) =>
      (await made(vault(region, enterprise), region))
        .filter(({ type }) => /:(Job|Secret|Service)$/.test(type))
        .map(({ name }) => name)
        .sort();
    expect(vault("us-west", enterprise).replication).toEqual({
      role: "secondary",
      primary: "vault.us-east.portarium.example",
    });
    expect(await jobs("us-east")).toEqual([
      "secrets-authority",
      "secrets-configuration",
      "secrets-endpoint",
      "secrets-license",
      "secrets-replication",
    ]);
    expect(await jobs("us-west")).toEqual([
      "secrets-authority",
      "secrets-endpoint",
      "secrets-license",
      "secrets-replication",
    ]);
  });
});

describe("migrations", () => {
  const at = (phase: string) =>
    inputOf(
      edit(
        PORTARIUM,
        "metadata:\n  name: portarium\nspec:",
        `metadata:\n  name: portarium\n  labels: { meridian.dev/migrations: ${phase}, meridian.dev/schema-version: "7" }\nspec:`,
      ),
    );
  const jobs = async (region: string, phase: string) =>
    (await made(migrations(region, at(phase)), region))
      .filter(({ type }) => type.endsWith(":Job"))
      .map(({ name, dependsOn }) => `${name} < ${dependsOn.join(",")}`);

  test.each([
    { phase: "expand", region: "eu-central", expected: ["expand"] },
    { phase: "migrate", region: "eu-central", expected: ["expand", "migrate"] },
    { phase: "contract", region: "eu-central", expected: ["expand", "migrate", "contract"] },
    { phase: "contract", region: "eu-north", expected: ["expand", "contract"] },
    { phase: "contrcat", region: "eu-central", expected: ["expand"] },
  ])("$region up to $phase: $expected, each after the one before", async ({ phase, region, expected }) => {
    const names = expected.map((name) => `migrations-${name}`);
    expect(await jobs(region, phase)).toEqual(
      names.map(
        (name, index) =>
          `${name} < ${[...names.slice(0, index), "migrations-runner", "migrations-writer"].sort().join(",")}`,
      ),
    );
  });

  test("a new column reaches the copy before the writer, one that goes leaves the writer first", async () => {
    const all = await made(migrations("eu-central", at("contract")), "eu-central");
    const targets = (phase: string): string | undefined => {
      const { template } = specOf(find(all, `migrations-${phase}`)) as unknown as {
        template: { spec: { containers: readonly { env: readonly { name: string; value: string }[] }[] } };
      };
      return template.spec.containers[0]?.env.find(({ name }) => name === "TARGETS")?.value;
    };
    const copy = "query-eu-central-1 query-eu-central-1-rw.databases.svc copy query_eu_central_1_portarium";
    const writer = "postgresql-eu-central postgresql-eu-central-rw.databases.svc writer";
    expect({ expand: targets("expand"), contract: targets("contract") }).toEqual({
      expand: `${copy}\n${writer}`,
      contract: `${writer}\n${copy}`,
    });
  });

  test("come with the image of their version", () => {
    expect(migrations("us-east", at("expand")).image).toBe("ghcr.io/portarium/migrations:7");
  });
});

test.each([
  { target: "sandbox" as const, kept: [] },
  { target: "cloud" as const, kept: ["objectstore-tenant", "postgres-cluster", "secrets-release"] },
])("$target protects $kept", async ({ target, kept }) => {
  const region = "eu-central";
  const components = [postgres(region), query(region), minio(region), vault(region), migrations(region)];
  const all = await registered(() => buildKubernetes(stackWith(input, region, components), context(target)));
  const names = all.filter(({ protect }) => protect).map(({ name }) => name);
  expect(names.sort()).toEqual(kept);
});

test("stores are there before databases, databases before their copies and migrations", async () => {
  const region = "eu-central";
  const components = [postgres(region), query(region), minio(region), vault(region), migrations(region)];
  const all = await registered(() => buildKubernetes(stackWith(input, region, components), context()));
  const waitsFor = (name: string): readonly string[] => find(all, name).dependsOn;
  expect(waitsFor("postgres-owner")).toEqual([
    "objectstore-buckets",
    "objectstore-tenant",
    "secrets-release",
  ]);
  const data = ["postgres-cluster", "postgres-publication-portarium"];
  expect(waitsFor("postgres-query-owner")).toEqual(data);
  expect(waitsFor("migrations-runner")).toEqual(data);
});

describe("one number changed", () => {
  test.each([
    {
      name: "servers of MinIO",
      region: "eu-central",
      from: "      buckets:",
      to: "      servers: 6\n      buckets:",
      resources: ["kubernetes:minio.min.io/v2:Tenant objectstore-tenant"],
    },
    {
      name: "retention of evidence",
      region: "eu-central",
      from: "retention: 3650d",
      to: "retention: 3651d",
      resources: ["kubernetes:batch/v1:Job objectstore-buckets"],
    },
    {
      name: "servers of Vault",
      region: "us-west",
      from: "      servers: 3\n    telemetry",
      to: "      servers: 5\n    telemetry",
      resources: ["kubernetes:helm.sh/v3:Release secrets-release"],
    },
    {
      name: "retention of backups",
      region: "us-east",
      from: "retention: 30d\n        walArchive",
      to: "retention: 31d\n        walArchive",
      resources: ["kubernetes:barmancloud.cnpg.io/v1:ObjectStore postgres-backups"],
    },
    {
      name: "instances for queries",
      region: "eu-north",
      from: "databases: [portarium], instances: 1",
      to: "databases: [portarium], instances: 2",
      resources: ["kubernetes:postgresql.cnpg.io/v1:Cluster postgres-query-cluster"],
    },
  ])("$name: $resources", async ({ region, from, to, resources }) => {
    const stack = (of: typeof input) =>
      registered(() =>
        buildKubernetes(
          stackWith(of, region, [
            postgres(region, of),
            query(region, of),
            minio(region, of),
            vault(region, of),
          ]),
          context(),
        ),
      );
    expect(changed(await stack(input), await stack(inputOf(edit(PORTARIUM, from, to))))).toEqual(resources);
  });
});

const DEFINED =
  /^(postgresql\.cnpg\.io|barmancloud\.cnpg\.io|minio\.min\.io|cert-manager\.io|monitoring\.coreos\.com)\//;

describeWithSchemas("custom resources of the stores", () => {
  test.each(REGIONS)("%s: every one is valid, and the operator admits every cluster", async (region) => {
    const specs = [postgres(region), query(region), minio(region), vault(region)];
    const objects: Readonly<Record<string, unknown>>[] = [];
    for (const spec of specs) {
      const all = await made(spec, region);
      objects.push(
        ...all.map(({ inputs }) => inputs).filter(({ apiVersion }) => DEFINED.test(String(apiVersion))),
      );
    }
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
    const clusters = objects.filter(({ kind }) => kind === "Cluster");
    const refused = clusters.flatMap(({ metadata, spec }) =>
      refusals((metadata as { name: string }).name, spec as Parameters<typeof refusals>[1]),
    );
    expect({ clusters: clusters.length, refused }).toEqual({ clusters: 2, refused: [] });
  });
});
