/** pglogical as eden plans it: each region's server, and what joins its databases. */
import {
  type Pglogical as Written,
  pglogicalAfter,
  pglogicalDatabaseSpec,
  pglogicalRoom,
  pglogicalSpec,
} from "../../../automation/fleet/plan/pglogical";
import type { PlanInput } from "../../../automation/fleet/plan/plan-input";
import { AwsDirectory } from "../../../components/aws/directory";
import { AwsProviders } from "../../../components/aws/providers";
import { StackReferences } from "../../../components/aws/references";
import { PglogicalDatabase } from "../../../components/postgres/pglogical-database";
import { Pglogical } from "../../../components/postgres/pglogical";
import { account } from "../aws/stacks";
import { describeWithSchemas, violations } from "../crd-schemas";
import { edenInput, type EdenRegion, edenRegion } from "../kubernetes/eden";
import { context, find, outline, registered, type Registered } from "../registered";

function written({ fleet }: PlanInput): Written {
  const { postgres } = fleet.platform.spec.services;
  if (postgres?.engine !== "pglogical") throw new RangeError("eden replicates by pglogical");
  return postgres;
}

function server(name: EdenRegion, target: "sandbox" | "cloud" = "sandbox"): Promise<readonly Registered[]> {
  const input = edenInput();
  const spec = pglogicalDatabaseSpec(input, written(input), edenRegion(input, name));
  if (spec === undefined) throw new RangeError(`${name} has a server`);
  return registered(() => {
    const setting = {
      platform: "eden",
      scope: name,
      context: context(target),
      providers: new AwsProviders(name, account([name, name]), context(target)),
      references: new StackReferences("eden", name),
      directory: new AwsDirectory(name),
    };
    return new PglogicalDatabase(spec, setting, { providers: [setting.providers.first] });
  });
}

function cluster(name: EdenRegion, input = edenInput()): Promise<readonly Registered[]> {
  const spec = pglogicalSpec(input, written(input), edenRegion(input, name));
  if (spec === undefined) throw new RangeError(`${name} has databases`);
  return registered(() => new Pglogical(spec, { platform: "eden", region: name, context: context() }));
}

const GROUPS = ["flow", "hub", "insight", "sync", "task", "vault"];
const jobNames = (all: readonly Registered[]) =>
  all
    .filter(({ type }) => type.endsWith(":Job"))
    .map(({ inputs }) => (inputs["metadata"] as { name: string }).name)
    .sort();

describe("the server of a region", () => {
  test.each([
    { region: "us-east-1", copies: [] },
    {
      region: "us-west-2",
      copies: [
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication postgres-backups-of-us-east-1 < postgres",
      ],
    },
  ] as const)("$region holds exactly this", async ({ region, copies }) => {
    expect(outline(await server(region))).toEqual(
      [
        "aws:kms/alias:Alias postgres-key < postgres",
        "aws:kms/key:Key postgres-key < postgres",
        "aws:rds/instance:Instance postgres < postgres",
        "aws:rds/parameterGroup:ParameterGroup postgres < postgres",
        "aws:rds/subnetGroup:SubnetGroup postgres < postgres",
        "aws:route53/record:Record postgres-host < postgres",
        "meridian:postgres:PglogicalDatabase postgres",
        `pulumi:providers:aws aws-${region}`,
        ...copies,
      ].sort(),
    );
  });

  test("is private, encrypted, in two zones, restorable and protected", async () => {
    const all = await server("us-east-1", "cloud");
    const instance = find(all, "postgres", "rds/instance:Instance");
    expect(instance.inputs).toMatchObject({
      engine: "postgres",
      engineVersion: "17",
      multiAz: true,
      publiclyAccessible: false,
      storageEncrypted: true,
      backupRetentionPeriod: 30,
      backupWindow: "04:00-04:30",
      deletionProtection: true,
      deleteAutomatedBackups: false,
      skipFinalSnapshot: false,
      tags: { platform: "eden", region: "us-east-1", "data-class": "customer" },
    });
    expect([instance.protect, instance.secrets]).toEqual([true, ["password"]]);
    expect(find(all, "postgres-host").inputs).toMatchObject({
      name: "postgres.us-east-1.eden.internal",
      type: "CNAME",
    });
  });

  test("has room for six databases in two regions, and ends what an absent region holds back", async () => {
    const group = find(await server("us-east-1"), "postgres", ":ParameterGroup");
    const parameters = group.inputs["parameters"] as readonly { name: string; value: string }[];
    expect(Object.fromEntries(parameters.map(({ name, value }) => [name, value]))).toEqual({
      "rds.logical_replication": "1",
      shared_preload_libraries: "pg_stat_statements,pglogical",
      track_commit_timestamp: "1",
      max_replication_slots: "22",
      max_wal_senders: "18",
      max_worker_processes: "27",
      "pglogical.conflict_resolution": "last_update_wins",
      "pglogical.conflict_log_level": "log",
      max_slot_wal_keep_size: "40960",
      log_error_verbosity: "terse",
      "rds.force_ssl": "1",
      ssl_min_protocol_version: "TLSv1.2",
    });
  });

  test.each([
    { databases: 1, peers: 0, room: { slots: 4, senders: 6, workers: 10, heldMib: 40_960 } },
    { databases: 6, peers: 2, room: { slots: 40, senders: 30, workers: 39, heldMib: 40_960 } },
  ])(
    "$databases databases and $peers other regions need $room.workers workers",
    ({ databases, peers, room }) => {
      expect(pglogicalRoom(databases, peers, 100)).toEqual(room);
    },
  );

  test("comes after those whose backups it keeps", () => {
    const input = edenInput();
    const after = (name: EdenRegion) => pglogicalAfter(input, edenRegion(input, name));
    expect([after("us-east-1"), after("us-west-2")]).toEqual([[], ["us-east-1"]]);
  });
});

describe("what joins the databases of a region", () => {
  test("is a Job a node group, a keeper and an exporter", async () => {
    expect(outline(await cluster("us-east-1"))).toEqual(
      [
        ...GROUPS.map((name) => `kubernetes:batch/v1:Job pglogical-eden-${name} < pglogical`),
        "kubernetes:apps/v1:Deployment pglogical-exporter < pglogical",
        "kubernetes:apps/v1:Deployment pglogical-keeper < pglogical",
        "kubernetes:core/v1:ConfigMap pglogical-files < pglogical",
        "kubernetes:core/v1:ConfigMap pglogical-queries < pglogical",
        "kubernetes:core/v1:Secret pglogical-logins < pglogical",
        "kubernetes:monitoring.coreos.com/v1:PodMonitor pglogical-metrics < pglogical",
        "kubernetes:monitoring.coreos.com/v1:PrometheusRule pglogical-alerts < pglogical",
        "meridian:postgres:Pglogical pglogical",
      ].sort(),
    );
  });

  test("knows its place, its seed and the other region", async () => {
    const { data } = find(await cluster("us-west-2"), "pglogical-files").inputs as {
      data: Record<string, string>;
    };
    expect(JSON.parse(data["settings.json"] ?? "")).toEqual({
      region: "us-west-2",
      index: 1,
      stride: 16,
      host: "postgres.us-west-2.eden.internal",
      port: 5432,
      user: "meridian",
      sslmode: "require",
      seed: "us-east-1",
      localSchemas: ["local"],
      logging: "true",
      peers: [{ region: "us-east-1", host: "postgres.us-east-1.eden.internal", port: 5432 }],
    });
  });

  test("every password is a secret, and in the Secret alone", async () => {
    const all = await cluster("us-east-1");
    const secrets = all.filter((one) => one.secrets.length > 0).map(({ name }) => name);
    const holding = all
      .filter(({ inputs }) => /password-value/.test(JSON.stringify(inputs)))
      .map(({ name }) => name);
    expect([secrets, holding]).toEqual([["pglogical-logins"], ["pglogical-logins"]]);
  });

  test("a change of what they run is new Jobs; without one they are the same", async () => {
    const [first, again] = [await cluster("us-east-1"), await cluster("us-east-1")];
    const other = await cluster("us-east-1", edenInput(["table: replication_conflicts", "table: disputes"]));
    expect(jobNames(again)).toEqual(jobNames(first));
    expect(jobNames(other).filter((name) => jobNames(first).includes(name))).toEqual([]);
  });
});

describeWithSchemas("custom resources", () => {
  test.each(["us-east-1", "us-west-2"] as const)("%s: every one is valid", async (region) => {
    const objects = (await cluster(region))
      .map(({ inputs }) => inputs)
      .filter(({ apiVersion }) => String(apiVersion).startsWith("monitoring.coreos.com/"));
    expect(objects.map((object) => violations(object))).toEqual([[], []]);
  });
});
