import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { Cluster } from "@pulumi/aws/ecs/cluster";
import { TaskDefinition } from "@pulumi/aws/ecs/taskDefinition";
import type { Instance } from "@pulumi/aws/rds/instance";
import { Schedule } from "@pulumi/aws/scheduler/schedule";
import { interpolate, jsonStringify, type Output, type Resource } from "@pulumi/pulumi";
import { networkOutput, NETWORK_STACK } from "../../automation/fleet/specs/aws/outputs";
import type { StreamingPostgresSpec } from "../../automation/fleet/specs/aws/streaming";
import { serviceRole } from "../aws/service-role";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import type { StreamingLogins } from "./streaming-login";
import { rowSecuritySql } from "./streaming-row-security-sql";

interface SetUp {
  readonly instance: Instance;
  readonly login: StreamingLogins;
  readonly keyArn: Output<string>;
}

/** Often enough that a database restored or promoted by hand is right again soon; a run changes nothing else. */
const EVERY = "rate(15 minutes)";

/** psql in the primary's own network, as the owner: the database has no address from anywhere else. */
export function streamingRowSecurity(
  spec: StreamingPostgresSpec,
  setting: AwsSetting,
  setUp: SetUp,
  parent: Resource,
): void {
  if (spec.role.kind !== "primary" || spec.rowSecurity === undefined) return;
  const { owner, app } = setUp.login;
  if (owner === undefined) return;
  const name = `${spec.name}-row-security`;
  const tags = tagsOf(setting, name);
  const logs = new LogGroup(
    name,
    { namePrefix: `/${setting.platform}/${spec.region}/${name}-`, retentionInDays: 30, tags },
    { parent },
  );
  const execution = serviceRole(
    { name, service: "ecs-tasks.amazonaws.com", tags },
    [
      { actions: ["secretsmanager:GetSecretValue"], resources: [owner.arn, app.arn] },
      { actions: ["kms:Decrypt"], resources: [setUp.keyArn] },
      { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [interpolate`${logs.arn}:*`] },
    ],
    parent,
  );
  const task = new TaskDefinition(
    name,
    {
      family: `${spec.prefix}-row-security`,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      executionRoleArn: execution.arn,
      containerDefinitions: jsonStringify([
        container(spec, spec.role.database, spec.rowSecurity.column, logs.name, owner.arn, app.arn),
      ]),
      tags,
    },
    { parent },
  );
  schedule(name, spec, setting, { task, execution: execution.arn, tags }, parent);
}

const container = (
  spec: StreamingPostgresSpec,
  database: string,
  column: string,
  logGroup: Output<string>,
  owner: Output<string>,
  app: Output<string>,
) => ({
  name: "psql",
  image: `public.ecr.aws/docker/library/postgres:${spec.version}-alpine`,
  essential: true,
  command: [
    "sh",
    "-c",
    `printf '%s' "$SETUP" | psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --single-transaction`,
  ],
  environment: [
    { name: "SETUP", value: rowSecuritySql(column) },
    { name: "PGDATABASE", value: database },
    { name: "PGSSLMODE", value: "require" },
  ],
  secrets: [
    { name: "PGHOST", valueFrom: interpolate`${owner}:host::` },
    { name: "PGUSER", valueFrom: interpolate`${owner}:username::` },
    { name: "PGPASSWORD", valueFrom: interpolate`${owner}:password::` },
    { name: "APP_USER", valueFrom: interpolate`${app}:username::` },
    { name: "APP_PASSWORD", valueFrom: interpolate`${app}:password::` },
  ],
  logConfiguration: {
    logDriver: "awslogs",
    options: {
      "awslogs-group": logGroup,
      "awslogs-region": spec.location,
      "awslogs-stream-prefix": "psql",
    },
  },
});

interface Scheduled {
  readonly task: TaskDefinition;
  readonly execution: Output<string>;
  readonly tags: Readonly<Record<string, string>>;
}

function schedule(
  name: string,
  { prefix, region }: StreamingPostgresSpec,
  { references }: AwsSetting,
  { task, execution, tags }: Scheduled,
  parent: Resource,
): void {
  const cluster = new Cluster(name, { name: `${prefix}-set-up`, tags }, { parent });
  const caller = serviceRole(
    { name: `${name}-schedule`, service: "scheduler.amazonaws.com", tags },
    [
      { actions: ["ecs:RunTask"], resources: [task.arn] },
      { actions: ["iam:PassRole"], resources: [execution] },
    ],
    parent,
  );
  const group = new SecurityGroup(
    name,
    {
      namePrefix: `${prefix}-set-up-`,
      description: "psql that sets the database up: goes out, nothing comes in",
      vpcId: references.text(NETWORK_STACK, networkOutput.vpcId(region)),
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      tags,
    },
    { parent },
  );
  new Schedule(
    name,
    {
      namePrefix: `${prefix}-set-up-`,
      scheduleExpression: EVERY,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: cluster.arn,
        roleArn: caller.arn,
        ecsParameters: {
          taskDefinitionArn: task.arn,
          launchType: "FARGATE",
          networkConfiguration: {
            subnets: references.texts(NETWORK_STACK, networkOutput.privateSubnetIds(region)),
            securityGroups: [group.id],
            assignPublicIp: false,
          },
        },
        retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 600 },
      },
    },
    { parent },
  );
}
