import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { settingsScript } from "../../../components/apps/instances-boot";
import { edit } from "../../fleet/build-manifests";
import { find, outline, type Registered } from "../registered";
import { built, hse, specsOf } from "./hse";

const REGIONS = ["us-east", "eu-west", "ap-southeast"] as const;
const build = (region: string, files = hse) => built(specsOf(files, region), region);
const groupIn = async (region: string, files = hse): Promise<Registered> =>
  find(await build(region, files), "apps", ":Group");

/** Settings of a region's instances, by variable. */
const settings = (all: readonly Registered[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    all
      .filter(({ type }) => type.endsWith(":Parameter"))
      .map(({ inputs }) => [String(inputs["name"]).replace(/^.*\//, ""), inputs["value"]]),
  );

describe("how many", () => {
  test("5, 3 and 3, twice that while they are busy", async () => {
    const sizes: string[] = [];
    for (const region of REGIONS) {
      const { inputs } = await groupIn(region);
      sizes.push(`${region} ${String(inputs["minSize"])}-${String(inputs["maxSize"])}`);
      expect(inputs["desiredCapacity"]).toBeUndefined();
    }
    expect(sizes).toEqual(["us-east 5-10", "eu-west 3-6", "ap-southeast 3-6"]);
  });

  test("fixed: exactly these, and no policy", async () => {
    const all = await build("us-east", edit(hse, "scaling: hpa", "scaling: fixed"));
    const { inputs } = find(all, "apps", ":Group");
    expect([inputs["minSize"], inputs["maxSize"], inputs["desiredCapacity"]]).toEqual([5, 5, 5]);
    expect(all.filter(({ type }) => type === "aws:autoscaling/policy:Policy")).toEqual([]);
  });
});

describe("resources", () => {
  test("group: private subnets, the balancer's word on health, none goes before its successor is well", async () => {
    const { inputs } = await groupIn("us-east");
    expect(inputs).toEqual({
      launchTemplate: expect.anything() as unknown,
      tags: expect.anything() as unknown,
      namePrefix: "hse-us-east-apps-",
      minSize: 5,
      maxSize: 10,
      vpcZoneIdentifiers: [0, 1, 2].map((at) => `network.privateSubnetIds-us-east.${String(at)}`),
      targetGroupArns: ["arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/app/2"],
      healthCheckType: "ELB",
      healthCheckGracePeriod: 240,
      defaultInstanceWarmup: 120,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: {
          minHealthyPercentage: 100,
          maxHealthyPercentage: 150,
          instanceWarmup: "120",
          autoRollback: true,
          scaleInProtectedInstances: "Wait",
          standbyInstances: "Wait",
        },
      },
      enabledMetrics: ["GroupInServiceInstances", "GroupDesiredCapacity"],
      terminationPolicies: ["OldestLaunchTemplate", "Default"],
    });
  });

  test("children, without what other components make", async () => {
    const own = (await build("us-east")).filter(({ parent, name }) => parent === "apps" || name === "apps");
    expect(outline(own.filter(({ type }) => !type.endsWith(":Parameter")))).toMatchInlineSnapshot(`
      [
        "aws:autoscaling/group:Group apps < apps",
        "aws:autoscaling/policy:Policy apps-cpu < apps",
        "aws:ec2/launchTemplate:LaunchTemplate apps < apps",
        "aws:ec2/securityGroup:SecurityGroup apps < apps",
        "aws:iam/instanceProfile:InstanceProfile apps < apps",
        "aws:iam/role:Role apps < apps",
        "aws:iam/rolePolicy:RolePolicy apps < apps",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment apps-session-manager < apps",
        "meridian:apps:Instances apps",
      ]
    `);
  });

  test("template: IMDSv2, encrypted disk, no key, no secret and no address in its user data", async () => {
    const { inputs } = find(await build("us-east"), "apps", ":LaunchTemplate");
    expect(inputs).toMatchObject({
      imageId: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
      instanceType: "m7g.large",
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeSize: 30, volumeType: "gp3", encrypted: "true" } },
      ],
    });
    expect(inputs["keyName"]).toBeUndefined();
    const boot = Buffer.from(String(inputs["userData"]), "base64").toString();
    expect(boot).not.toMatch(/password-value|postgresql:|rediss:|\.rds\.|arn:/);
    expect(boot.length).toBeLessThan(16_384);
    execFileSync("bash", ["-n"], { input: boot });
  });

  test("reached through the load balancer only", async () => {
    const { inputs } = find(await build("us-east"), "apps", ":SecurityGroup");
    expect(inputs["ingress"]).toEqual([
      { protocol: "tcp", fromPort: 8080, toPort: 8080, securityGroups: ["sg-balancer"] },
    ]);
  });

  test("writes go to the primary, reads stay in the region; no password is among the settings", async () => {
    const us = settings(await build("us-east"));
    const eu = settings(await build("eu-west"));
    expect(eu).toMatchObject({
      REGION: "eu-west",
      DATABASE_POOL_SIZE: "20",
      DATABASE_PRIMARY_URL: "postgresql://us-east.postgresAddress:5432/hse?sslmode=verify-full",
      BUCKET_UPLOADS: "hse-uploads-us-east",
      BUCKET_STATIC_ASSETS: "hse-static-assets-us-east",
      COMPRESSION: "on",
      QUERY_CACHE: "on",
    });
    expect(eu["DATABASE_REPLICA_URL"]).not.toBe(eu["DATABASE_PRIMARY_URL"]);
    expect(us["DATABASE_REPLICA_URL"]).toBe(us["DATABASE_PRIMARY_URL"]);
    expect(JSON.stringify([us, eu])).not.toContain("-value");
  });

  test("a failover changes one setting of a region that only writes elsewhere, and no machine", async () => {
    const promoted = edit(
      hse,
      "primary: { region: us-east, epoch: 1 }",
      "primary: { region: eu-west, epoch: 2 }",
    ).map(({ file, text }) => ({ file, text: text.replace("standby: eu-west", "standby: us-east") }));
    const ownOf = (all: readonly Registered[]) => all.filter(({ parent }) => parent === "apps");
    const before = ownOf(await build("ap-southeast"));
    const after = ownOf(await build("ap-southeast", promoted));
    const changed = after.filter((one, at) => JSON.stringify(one) !== JSON.stringify(before[at]));
    expect(changed.map(({ name }) => name)).toEqual(["apps-database-primary-url"]);
  });

  test("may read its own settings, secrets and image, and nothing else", async () => {
    const { inputs } = find(await build("us-east"), "apps", ":RolePolicy");
    const { Statement } = JSON.parse(String(inputs["policy"])) as {
      Statement: { Action: string[]; Resource: unknown[] }[];
    };
    const actions = Statement.flatMap(({ Action }) => Action).sort();
    expect(actions).toEqual([
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "elasticache:Connect",
      "kms:Decrypt",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "secretsmanager:GetSecretValue",
      "ssm:GetParametersByPath",
    ]);
    const everywhere = Statement.filter(({ Resource }) => Resource.includes("*")).flatMap(
      ({ Action }) => Action,
    );
    expect(everywhere).toEqual(["ecr:GetAuthorizationToken"]);
  });
});

describe("spare capacity", () => {
  const labelled = (environment: string) =>
    edit(
      hse,
      "  description: HSE Digital",
      `  labels: { environment: ${environment} }\n  description: HSE Digital`,
    );

  test.each([
    { name: "production, which has no label", files: hse, spot: false },
    { name: "staging", files: labelled("staging"), spot: false },
    { name: "dev", files: labelled("dev"), spot: true },
    { name: "test", files: labelled("test"), spot: true },
  ])("$name: $spot", async ({ files, spot }) => {
    const { inputs } = await groupIn("us-east", files);
    expect([inputs["mixedInstancesPolicy"] !== undefined, inputs["launchTemplate"] !== undefined]).toEqual([
      spot,
      !spot,
    ]);
  });

  test("of several types, so that AWS can take back one and not all", async () => {
    const policy = (await groupIn("us-east", labelled("dev"))).inputs["mixedInstancesPolicy"];
    expect(policy).toMatchObject({
      instancesDistribution: {
        onDemandBaseCapacity: 0,
        onDemandPercentageAboveBaseCapacity: 0,
        spotAllocationStrategy: "price-capacity-optimized",
      },
      launchTemplate: {
        overrides: ["m7g.large", "m6g.large", "r7g.large", "c7g.large"].map((instanceType) => ({
          instanceType,
        })),
      },
    });
  });
});

describe("settings on an instance", () => {
  const folder = mkdtempSync(join(tmpdir(), "mrd-boot-"));
  const script = join(folder, "settings");
  writeFileSync(script, settingsScript("/hse/us-east/apps", "us-east-1"), { mode: 0o755 });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The script with an `aws` that answers this; its exit code and the file it leaves. */
  function run(answer: string, code = 0): { readonly exit: number; readonly file: string } {
    const aws = join(folder, "aws");
    writeFileSync(aws, `#!/bin/bash\nprintf '${answer}'\nexit ${String(code)}\n`);
    chmodSync(aws, 0o755);
    const file = join(folder, "settings.env");
    const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}`, SETTINGS_FILE: file };
    try {
      execFileSync("bash", [script], { env, stdio: "pipe" });
      return { exit: 0, file: readFileSync(file, "utf8") };
    } catch (error) {
      return { exit: (error as { status: number }).status, file: readFileSync(file, "utf8") };
    }
  }
  const two =
    "/hse/us-east/apps/REGION\\tus-east\\n/hse/us-east/apps/DATABASE_PRIMARY_URL\\tpostgresql://a?b=c\\n";
  const written = "DATABASE_PRIMARY_URL=postgresql://a?b=c\nREGION=us-east\n";

  test.each([
    { name: "first", answer: two, code: 0, exit: 0, file: written },
    { name: "the same again", answer: two, code: 0, exit: 1, file: written },
    { name: "no answer keeps the last ones", answer: "", code: 0, exit: 2, file: written },
    {
      name: "half an answer and an error keeps the last ones",
      answer: "/hse/us-east/apps/REGION\\tx\\n",
      code: 1,
      exit: 2,
      file: written,
    },
    { name: "changed", answer: "/hse/us-east/apps/REGION\\teu\\n", code: 0, exit: 0, file: "REGION=eu\n" },
  ])("$name", ({ answer, code, exit, file }) => {
    expect(run(answer, code)).toEqual({ exit, file });
  });
});
