import { edit } from "../../fleet/build-manifests";
import { find, type Registered } from "../registered";
import { changedIn } from "./changes";
import { built, hse, specsOf } from "./hse";

const build = (region: string, files = hse) => built(specsOf(files, region), region);
const alarms = (all: readonly Registered[]): readonly string[] =>
  all
    .filter(({ type }) => type.endsWith(":MetricAlarm"))
    .map(
      ({ inputs }) =>
        `${String(inputs["name"])} ${inputs["comparisonOperator"] === "LessThanThreshold" ? "<" : ">"} ${String(inputs["threshold"])} for ${String(inputs["evaluationPeriods"])} min`,
    )
    .sort();

describe("alarms", () => {
  test("primary: everything but the lag it cannot have", async () => {
    expect(alarms(await build("us-east"))).toEqual([
      "hse-us-east-cdn-hit-ratio < 70 for 15 min",
      "hse-us-east-errors > 5 for 3 min",
      "hse-us-east-health < 3 for 2 min",
      "hse-us-east-latency > 10 for 3 min",
      "hse-us-east-redis-memory > 80 for 5 min",
    ]);
  });

  test("replica: lag too", async () => {
    expect(alarms(await build("eu-west"))).toContain("hse-eu-west-replica-lag > 60 for 1 min");
  });

  test("lag: of this instance, told to operations, and silence counts as lag", async () => {
    const all = await build("eu-west");
    const { inputs } = find(all, "metrics-replica-lag");
    expect(inputs).toMatchObject({
      treatMissingData: "breaching",
      metricQueries: [
        {
          id: "m1",
          returnData: true,
          metric: { namespace: "AWS/RDS", metricName: "ReplicaLag", period: 60, stat: "Maximum" },
        },
      ],
    });
    expect(
      [inputs["alarmActions"], inputs["okActions"]].map((actions) => (actions as unknown[]).length),
    ).toEqual([1, 1]);
  });

  test("memory: the fullest of all six nodes", async () => {
    const { inputs } = find(await build("us-east"), "metrics-redis-memory");
    const queries = inputs["metricQueries"] as readonly {
      expression?: string;
      metric?: { dimensions: object };
    }[];
    expect(queries.map(({ expression, metric }) => expression ?? metric?.dimensions)).toEqual([
      ...["0001", "0002", "0003"].flatMap((shard) =>
        ["001", "002"].map((node) => ({ CacheClusterId: `hse-us-east-redis-${shard}-${node}` })),
      ),
      "MAX(METRICS())",
    ]);
  });

  test("latency: the balancer by the end of its ARN", async () => {
    const { inputs } = find(await build("us-east"), "metrics-health");
    expect(inputs["metricQueries"]).toMatchObject([
      { metric: { dimensions: { LoadBalancer: "app/hse/1", TargetGroup: "targetgroup/app/2" } } },
    ]);
  });
});

test("the dashboard has a graph for each thing the document watches, in its words", async () => {
  const { inputs } = find(await build("eu-west"), "metrics", ":Dashboard");
  const { widgets } = JSON.parse(String(inputs["dashboardBody"])) as {
    widgets: { properties: { title: string } }[];
  };
  expect(widgets.map(({ properties }) => properties.title)).toEqual([
    "Request latency by region (eu-west)",
    "Error rates per region (eu-west)",
    "Healthy instances (eu-west)",
    "Database replication lag (eu-west)",
    "Redis memory usage (eu-west)",
    "CDN cache hit ratio (eu-west)",
  ]);
});

test("failovers of database and cache are told to operations", async () => {
  const all = await build("us-east");
  expect(find(all, "metrics-failovers").inputs).toMatchObject({
    sourceType: "db-instance",
    eventCategories: ["availability", "failover", "failure", "read replica", "recovery"],
  });
  expect(
    all.filter(({ type }) => type.endsWith(":TopicSubscription")).map(({ inputs }) => inputs["endpoint"]),
  ).toEqual(["operations@hse-digital.example", "stakeholders@hse-digital.example"]);
});

describe("one number changes its own resource only", () => {
  test.each([
    {
      name: "retention",
      region: "eu-west",
      from: "retention: 30d",
      to: "retention: 14d",
      changed: ["Instance postgres", "InstanceAutomatedBackupsReplication postgres-backups-of-primary"],
    },
    {
      name: "lag",
      region: "eu-west",
      from: "lag: 60s",
      to: "lag: 30s",
      changed: ["Dashboard metrics", "MetricAlarm metrics-replica-lag"],
    },
    {
      name: "pool",
      region: "us-east",
      from: "poolSize: 20",
      to: "poolSize: 10",
      changed: ["Parameter apps-database-pool-size", "ParameterGroup postgres"],
    },
    {
      name: "slow",
      region: "us-east",
      from: "maximumResponseTime: 10s",
      to: "maximumResponseTime: 5s",
      changed: ["Dashboard metrics", "MetricAlarm metrics-latency"],
    },
    {
      name: "memory",
      region: "us-east",
      from: "engine: cluster",
      to: "engine: cluster\n      memory: 4Gi",
      changed: ["ReplicationGroup redis"],
    },
    {
      name: "most instances",
      region: "us-east",
      from: "maximum: 10",
      to: "maximum: 11",
      changed: ["Group apps", "ParameterGroup postgres"],
    },
    {
      name: "instance type",
      region: "us-east",
      from: "engine: instances",
      to: "engine: instances\n      instanceType: m7g.xlarge",
      changed: ["LaunchTemplate apps"],
    },
    {
      name: "cold storage",
      region: "us-east",
      from: "coldStorageAfter: 180d",
      to: "coldStorageAfter: 90d",
      changed: [],
    },
  ])("$name", async ({ region, from, to, changed }) => {
    expect(changedIn(await build(region), await build(region, edit(hse, from, to)))).toEqual(changed);
  });
});
