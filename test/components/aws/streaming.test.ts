import type { StreamingPostgresSpec } from "../../../automation/fleet/specs/aws/streaming";
import { streamingSpec } from "../../../automation/fleet/plan/streaming";
import { edit } from "../../fleet/build-manifests";
import { find, outline, type Registered } from "../registered";
import { built, hse, inputOf, regionIn } from "./hse";

/** Only the database of a region. */
function specIn(region: string, files = hse): StreamingPostgresSpec {
  const input = inputOf(files);
  const { postgres } = input.fleet.platform.spec.services;
  if (postgres?.engine !== "streaming") throw new RangeError("hse streams");
  return streamingSpec(input, postgres, regionIn(input, region));
}
const build = (region: string, files = hse, target: "sandbox" | "cloud" = "sandbox") =>
  built([specIn(region, files)], region, target);
const instanceIn = async (...args: Parameters<typeof build>): Promise<Registered> =>
  find(await build(...args), "postgres", ":Instance");

const TAGS = (region: string) => ({
  Name: "hse-postgres",
  platform: "hse",
  region,
  "managed-by": "meridian",
  "data-class": "customer",
});

/** What primary and replica have in common. */
const expected = (region: string) => ({
  identifierPrefix: `hse-${region}-postgres-`,
  instanceClass: "db.r6g.large",
  storageType: "gp3",
  maxAllocatedStorage: 1_000,
  storageEncrypted: true,
  vpcSecurityGroupIds: [`network.databaseSecurityGroupId-${region}`],
  publiclyAccessible: false,
  backupRetentionPeriod: 30,
  backupWindow: "03:00-03:30",
  maintenanceWindow: "sun:05:00-sun:06:00",
  deleteAutomatedBackups: false,
  copyTagsToSnapshot: true,
  deletionProtection: true,
  autoMinorVersionUpgrade: true,
  applyImmediately: true,
  enabledCloudwatchLogsExports: ["postgresql", "upgrade"],
  caCertIdentifier: "rds-ca-rsa2048-g1",
  tags: TAGS(region),
});
/** Without what only AWS knows. */
const withoutUnknown = ({ inputs }: Registered): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(inputs).filter(
      ([name]) => !["kmsKeyId", "dbSubnetGroupName", "parameterGroupName"].includes(name),
    ),
  );

describe("planned", () => {
  test("the primary takes the writes of every instance there may be, with room to work on it", () => {
    expect(specIn("us-east")).toEqual({
      kind: "postgres/streaming",
      name: "postgres",
      region: "us-east",
      location: "us-east-1",
      prefix: "hse-us-east-postgres",
      role: {
        kind: "primary",
        database: "hse",
        owner: { user: "owner", password: { secret: "postgres-owner-password" } },
      },
      epoch: 1,
      version: "17",
      instanceClass: "db.r6g.large",
      storageGib: 100,
      multiZone: true,
      // (10 + 6 + 6) instances × 20 connections + 40
      maximumConnections: 480,
      forceTls: true,
      backup: {
        retentionDays: 30,
        window: "03:00-03:30",
        maintenance: "sun:05:00-sun:06:00",
        copied: false,
      },
      app: { user: "app", password: { secret: "postgres-app-password" } },
      rowSecurity: { column: "tenant_id" },
      host: "postgres.us-east.hse.internal",
      deletion: "protected",
    });
  });

  test.each([
    { region: "us-east", role: "primary", multiZone: true, copied: false },
    { region: "eu-west", role: "replica of us-east", multiZone: false, copied: true },
    { region: "ap-southeast", role: "replica of us-east", multiZone: false, copied: true },
  ])("$region: $role", ({ region, role, multiZone, copied }) => {
    const spec = specIn(region);
    expect({
      role: spec.role.kind === "primary" ? "primary" : `replica of ${spec.role.of}`,
      multiZone: spec.multiZone,
      copied: spec.backup.copied,
    }).toEqual({ role, multiZone, copied });
  });

  test.each([
    {
      name: "five fields",
      schedule: "30 22 * * *",
      window: "22:30-23:00",
      maintenance: "mon:00:30-mon:01:30",
    },
    { name: "late", schedule: "0 45 23 * * *", window: "23:45-00:15", maintenance: "mon:01:45-mon:02:45" },
    {
      name: "not a time of day",
      schedule: "0 0 * * * *",
      window: "03:00-03:30",
      maintenance: "sun:05:00-sun:06:00",
    },
  ])("windows of a schedule: $name", ({ schedule, window, maintenance }) => {
    const { backup } = specIn("us-east", edit(hse, '"0 0 3 * * *"', `"${schedule}"`));
    expect([backup.window, backup.maintenance]).toEqual([window, maintenance]);
  });
});

describe("resources", () => {
  test("primary: exactly these", async () => {
    expect(outline(await build("us-east"))).toMatchInlineSnapshot(`
      [
        "aws:cloudwatch/logGroup:LogGroup postgres-row-security < postgres",
        "aws:ec2/securityGroup:SecurityGroup postgres-row-security < postgres",
        "aws:ecs/cluster:Cluster postgres-row-security < postgres",
        "aws:ecs/taskDefinition:TaskDefinition postgres-row-security < postgres",
        "aws:iam/role:Role postgres-row-security < postgres",
        "aws:iam/role:Role postgres-row-security-schedule < postgres",
        "aws:iam/rolePolicy:RolePolicy postgres-row-security < postgres",
        "aws:iam/rolePolicy:RolePolicy postgres-row-security-schedule < postgres",
        "aws:kms/alias:Alias postgres-key < postgres",
        "aws:kms/key:Key postgres-key < postgres",
        "aws:rds/instance:Instance postgres < postgres",
        "aws:rds/parameterGroup:ParameterGroup postgres < postgres",
        "aws:rds/subnetGroup:SubnetGroup postgres < postgres",
        "aws:route53/record:Record postgres-host < postgres",
        "aws:scheduler/schedule:Schedule postgres-row-security < postgres",
        "aws:secretsmanager/secret:Secret postgres-app < postgres",
        "aws:secretsmanager/secret:Secret postgres-owner < postgres",
        "aws:secretsmanager/secretVersion:SecretVersion postgres-app < postgres",
        "aws:secretsmanager/secretVersion:SecretVersion postgres-owner < postgres",
        "meridian:postgres:Streaming postgres",
      ]
    `);
  });

  test("replica: exactly these", async () => {
    expect(outline(await build("eu-west"))).toMatchInlineSnapshot(`
      [
        "aws:kms/alias:Alias postgres-key < postgres",
        "aws:kms/key:Key postgres-key < postgres",
        "aws:rds/instance:Instance postgres < postgres",
        "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication postgres-backups-of-primary < postgres",
        "aws:rds/parameterGroup:ParameterGroup postgres < postgres",
        "aws:rds/subnetGroup:SubnetGroup postgres < postgres",
        "aws:route53/record:Record postgres-host < postgres",
        "aws:secretsmanager/secret:Secret postgres-app < postgres",
        "aws:secretsmanager/secretVersion:SecretVersion postgres-app < postgres",
        "meridian:postgres:Streaming postgres",
      ]
    `);
  });

  test("primary: two zones, encrypted, private, its last snapshot named by the epoch", async () => {
    const instance = await instanceIn("us-east");
    expect(withoutUnknown(instance)).toEqual({
      ...expected("us-east"),
      multiAz: true,
      engine: "postgres",
      engineVersion: "17",
      allocatedStorage: 100,
      dbName: "hse",
      username: "owner",
      password: "postgres-owner-password-value",
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "hse-us-east-postgres-last-of-epoch-1",
    });
    expect(instance.secrets).toEqual(["password"]);
  });

  test("replica: follows the primary by its ARN, and is backed up as one that may be promoted", async () => {
    const instance = await instanceIn("eu-west");
    expect(withoutUnknown(instance)).toEqual({
      ...expected("eu-west"),
      multiAz: false,
      replicateSourceDb: "us-east.postgresArn",
      skipFinalSnapshot: true,
    });
  });

  test("backups of the primary are kept a second time in each region of copyTo", async () => {
    const copies = await build("ap-southeast");
    expect(withoutUnknown(find(copies, "postgres-backups-of-primary"))).toEqual({
      sourceDbInstanceArn: "us-east.postgresArn",
      retentionPeriod: 30,
    });
    const fewer = await build(
      "ap-southeast",
      edit(hse, "copyTo: [eu-west, ap-southeast]", "copyTo: [eu-west]"),
    );
    expect(fewer.filter(({ name }) => name === "postgres-backups-of-primary")).toEqual([]);
  });

  test("TLS 1.2 or nothing, and as many connections everywhere as on the primary", async () => {
    for (const region of ["us-east", "eu-west"]) {
      const { inputs } = find(await build(region), "postgres", ":ParameterGroup");
      expect({ family: inputs["family"], parameters: inputs["parameters"] }).toEqual({
        family: "postgres17",
        parameters: [
          { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
          { name: "ssl_min_protocol_version", value: "TLSv1.2", applyMethod: "immediate" },
          { name: "max_connections", value: "480", applyMethod: "pending-reboot" },
          { name: "hot_standby_feedback", value: "1", applyMethod: "immediate" },
          { name: "idle_in_transaction_session_timeout", value: "60000", applyMethod: "immediate" },
          { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
        ],
      });
    }
  });

  test("protected in the cloud, unless the manifest lets it go", async () => {
    const free = edit(hse, "engine: streaming", "engine: streaming\n      deletion: free");
    const kept = await instanceIn("us-east", hse, "cloud");
    const lost = await instanceIn("us-east", free, "cloud");
    expect([kept.protect, kept.inputs["deletionProtection"]]).toEqual([true, true]);
    expect([lost.protect, lost.inputs["deletionProtection"]]).toEqual([false, false]);
  });

  test("passwords are secrets wherever they stand, and the set-up's text has none", async () => {
    const all = await build("us-east");
    const clear = all.filter(
      ({ inputs, secrets }) => JSON.stringify(inputs).includes("-password-value") && secrets.length === 0,
    );
    expect(clear.map(({ name }) => name)).toEqual([]);
    const task = find(all, "postgres-row-security", ":TaskDefinition");
    expect(JSON.stringify(task.inputs)).not.toContain("-value");
  });
});

describe("promotion: one edit of `primary`", () => {
  const promoted = edit(
    hse,
    "primary: { region: us-east, epoch: 1 }\n  standby: eu-west",
    "primary: { region: eu-west, epoch: 2 }\n  standby: us-east",
  );

  test("the replica stays the same resource and names no source any more", async () => {
    const [before, after] = [await instanceIn("eu-west"), await instanceIn("eu-west", promoted)];
    expect([before.name, after.name, after.parent]).toEqual(["postgres", "postgres", "postgres"]);
    expect(withoutUnknown(after)).toEqual({
      ...expected("eu-west"),
      multiAz: true,
      engine: "postgres",
      engineVersion: "17",
      allocatedStorage: 100,
      dbName: "hse",
      username: "owner",
      password: "postgres-owner-password-value",
      skipFinalSnapshot: false,
      finalSnapshotIdentifier: "hse-eu-west-postgres-last-of-epoch-2",
    });
  });

  test("the others follow the new primary", async () => {
    const sources: unknown[] = [];
    for (const region of ["us-east", "ap-southeast"]) {
      sources.push((await instanceIn(region, promoted)).inputs["replicateSourceDb"]);
    }
    expect(sources).toEqual(["eu-west.postgresArn", "eu-west.postgresArn"]);
  });
});
