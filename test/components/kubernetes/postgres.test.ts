import type { PostgresCnpgSpec } from "../../../automation/fleet/specs/kubernetes/postgres";
import { CnpgPostgres } from "../../../components/postgres/cnpg";
import { clusterSpec } from "../../../components/postgres/cnpg-cluster";
import { context, find, registered } from "../registered";
import { postgresSpec } from "./example-specs";

const setting = { platform: "openova", region: "europe", context: context() };
const build = (spec: PostgresCnpgSpec) => registered(() => new CnpgPostgres(spec, setting));
const cluster = (spec: PostgresCnpgSpec) => clusterSpec(spec, {}) as Record<string, unknown>;

const external = (region: string, own: string) => ({
  name: `postgresql-${region}`,
  connectionParameters: {
    host: `pg-${region}.openova.io`,
    port: "5432",
    user: "streaming_replica",
    sslmode: "verify-full",
    dbname: "postgres",
  },
  sslCert: { name: `postgresql-${own}-replication`, key: "tls.crt" },
  sslKey: { name: `postgresql-${own}-replication`, key: "tls.key" },
  sslRootCert: { name: `postgresql-${own}-trust`, key: "ca.crt" },
  password: { name: "pg-replication-credentials", key: "password" },
  plugin: {
    name: "barman-cloud.cloudnative-pg.io",
    parameters: { barmanObjectName: `postgresql-${own}-backups`, serverName: `postgresql-${region}` },
  },
});

describe("a replica cluster", () => {
  test("is the document's with what the operator needs besides", () => {
    expect(cluster(postgresSpec("india"))).toEqual({
      description: "app of this platform",
      imageName: "ghcr.io/cloudnative-pg/postgresql:17",
      instances: 3,
      inheritedMetadata: { labels: {} },
      storage: { size: "50Gi", storageClass: "local-path" },
      resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "1", memory: "2Gi" } },
      affinity: { enablePodAntiAffinity: true, topologyKey: "kubernetes.io/hostname" },
      primaryUpdateStrategy: "unsupervised",
      primaryUpdateMethod: "switchover",
      postgresql: { parameters: {} },
      replicationSlots: { highAvailability: { enabled: true } },
      bootstrap: {
        pg_basebackup: {
          database: "app",
          owner: "app",
          secret: { name: "postgresql-india-owner" },
          source: "postgresql-europe",
        },
      },
      replica: { self: "postgresql-india", primary: "postgresql-europe", source: "postgresql-europe" },
      externalClusters: [external("europe", "india"), external("india", "india")],
      certificates: {
        serverCASecret: "postgresql-india-trust",
        clientCASecret: "postgresql-india-trust",
        serverAltDNSNames: ["pg-india.openova.io"],
      },
      managed: {
        services: {
          additional: [
            {
              selectorType: "rw",
              serviceTemplate: {
                metadata: { name: "postgresql-india-endpoint" },
                spec: {
                  type: "LoadBalancer",
                  ports: [{ name: "postgres", port: 5432, targetPort: 5432, protocol: "TCP" }],
                },
              },
            },
          ],
        },
      },
      plugins: [
        {
          name: "barman-cloud.cloudnative-pg.io",
          isWALArchiver: true,
          parameters: { barmanObjectName: "postgresql-india-backups", serverName: "postgresql-india" },
        },
      ],
    });
  });
});

describe("a controlled switchover", () => {
  const withToken = (spec: PostgresCnpgSpec, promotionToken: string): PostgresCnpgSpec =>
    spec.topology.kind === "distributed" ? { ...spec, topology: { ...spec.topology, promotionToken } } : spec;
  const changed = (before: PostgresCnpgSpec, after: PostgresCnpgSpec) => {
    const [from, to] = [cluster(before), cluster(after)];
    return Object.keys({ ...from, ...to }).filter(
      (key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]),
    );
  };

  test.each(["europe", "india"] as const)(
    "%s changes only its role, and the bootstrap it no longer reads",
    (region) => {
      const [before, after] = [postgresSpec(region), postgresSpec(region, "read-replicas", "india")];
      expect(changed(before, after)).toEqual(["bootstrap", "replica"]);
    },
  );

  test("the new primary carries the old one's token", () => {
    const promoted = withToken(postgresSpec("india", "read-replicas", "india"), "token-of-europe");
    expect(cluster(promoted)["replica"]).toEqual({
      self: "postgresql-india",
      primary: "postgresql-india",
      source: "postgresql-europe",
      promotionToken: "token-of-europe",
    });
  });
});

describe("backups to R2", () => {
  test("go to the endpoint of the bucket's jurisdiction, credentials secret", async () => {
    const all = await build(postgresSpec());
    const { inputs, secrets } = find(all, "postgres-backups");
    expect(secrets).toEqual(["spec.configuration.endpointURL"]);
    expect(inputs["spec"]).toEqual({
      configuration: {
        destinationPath: "s3://openova-backups/postgres",
        endpointURL: "https://cloudflare-account-id-value.eu.r2.cloudflarestorage.com",
        s3Credentials: {
          accessKeyId: { name: "postgresql-europe-backup-credentials", key: "ACCESS_KEY_ID" },
          secretAccessKey: { name: "postgresql-europe-backup-credentials", key: "SECRET_ACCESS_KEY" },
          region: { name: "postgresql-europe-backup-credentials", key: "REGION" },
        },
        data: { compression: "gzip", jobs: 2 },
        wal: { compression: "gzip", maxParallel: 4 },
      },
      retentionPolicy: "30d",
      instanceSidecarConfiguration: {
        env: [
          { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
          { name: "AWS_RESPONSE_CHECKSUM_VALIDATION", value: "when_required" },
        ],
      },
    });
    expect(find(all, "postgres-backup-schedule").inputs["spec"]).toEqual({
      cluster: { name: "postgresql-europe" },
      schedule: "0 0 2 * * *",
      immediate: true,
      backupOwnerReference: "self",
      target: "prefer-standby",
      method: "plugin",
      pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
    });
  });

  test.each([
    { name: "postgres-owner", data: { username: "app", password: "postgres-app-password-value" } },
    {
      name: "postgres-replication",
      data: { username: "streaming_replica", password: "pg-replication-credentials-value" },
    },
    {
      name: "postgres-trust",
      data: { "ca.crt": "postgres-ca-certificate-value", "ca.key": "postgres-ca-key-value" },
    },
    {
      name: "postgres-backup-credentials",
      data: {
        ACCESS_KEY_ID: "r2-access-key-id-value",
        SECRET_ACCESS_KEY: "r2-secret-access-key-value",
        REGION: "auto",
      },
    },
  ])("$name is secret as a whole", async ({ name, data }) => {
    const { inputs, secrets } = find(await build(postgresSpec()), name);
    expect({ data: inputs["stringData"], secrets }).toEqual({ data, secrets: ["stringData"] });
  });
});

describe("several writers", () => {
  const spec = postgresSpec("india", "active-active");

  test("follow nobody, know commit times, and take only what the others wrote", async () => {
    const made = cluster(spec);
    expect(made["replica"]).toBeUndefined();
    expect(made["postgresql"]).toEqual({
      parameters: { track_commit_timestamp: "on", hot_standby_feedback: "on", sync_replication_slots: "on" },
      pg_hba: ["hostssl replication logical_replica all scram-sha-256"],
    });
    const all = await build(spec);
    expect(find(all, "postgres-publication-app").inputs["spec"]).toEqual({
      cluster: { name: "postgresql-india" },
      name: "meridian",
      dbname: "app",
      target: { allTables: true },
      publicationReclaimPolicy: "delete",
    });
    expect(find(all, "postgres-from-europe-app").inputs["spec"]).toEqual({
      cluster: { name: "postgresql-india" },
      name: "from_europe_app",
      dbname: "app",
      externalClusterName: "postgresql-europe",
      publicationName: "meridian",
      publicationDBName: "app",
      subscriptionReclaimPolicy: "delete",
      parameters: {
        origin: "none",
        copy_data: "true",
        failover: "true",
        disable_on_error: "true",
        streaming: "parallel",
      },
    });
  });

  test("PostgreSQL 16 is asked for nothing it does not know", async () => {
    const old = { ...spec, version: "16.4" };
    const { postgresql, replicationSlots } = cluster(old);
    expect({ postgresql, replicationSlots }).toMatchObject({
      postgresql: { parameters: { track_commit_timestamp: "on" } },
      replicationSlots: { highAvailability: { enabled: true } },
    });
    expect(JSON.stringify({ postgresql, replicationSlots })).not.toMatch(
      /sync_replication|synchronizeLogical/,
    );
    expect(find(await build(old), "postgres-from-europe-app").inputs["spec"]).not.toHaveProperty(
      "parameters.failover",
    );
  });

  test.each([
    { policy: "last-write-wins", jobs: 1 },
    { policy: "custom", jobs: 0 },
  ] as const)("$policy: $jobs jobs install rules", async ({ policy, jobs }) => {
    const { topology } = spec;
    if (topology.kind !== "multi-writer") throw new RangeError(topology.kind);
    const changed = { ...spec, topology: { ...topology, conflict: { policy, column: "updated_at" } } };
    const all = await build(changed);
    expect(all.filter(({ type }) => type.endsWith(":Job"))).toHaveLength(jobs);
  });
});

describe("a role of one's own", () => {
  test("replicates by password, through a rule CNPG's defaults lack", () => {
    const { topology, ...rest } = postgresSpec("india");
    if (topology.kind !== "distributed") throw new RangeError(topology.kind);
    const replication = { user: "replicator", password: { secret: "replicator" } };
    const made = cluster({ ...rest, topology: { ...topology, replication } });
    expect(made["postgresql"]).toEqual({
      parameters: {},
      pg_hba: ["hostssl replication replicator all scram-sha-256"],
    });
    expect(made["managed"]).toMatchObject({
      roles: [
        {
          name: "replicator",
          ensure: "present",
          login: true,
          replication: true,
          inRoles: ["pg_read_all_data"],
          passwordSecret: { name: "pg-replication-credentials" },
        },
      ],
    });
  });
});
