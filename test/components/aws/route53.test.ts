import { planInput } from "../../../automation/fleet/plan/plan-input";
import { route53Global } from "../../../automation/fleet/plan/route53";
import { route53ZoneSpec } from "../../../automation/fleet/plan/route53-zone";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { buildAws } from "../../../components/aws-program";
import { edit } from "../../fleet/build-manifests";
import { context, find, outline, registered, type Registered } from "../registered";
import { edenFiles, inputOf } from "../telemetry/eden";

const globalStack = (files = edenFiles): StackSpec => ({
  platform: "eden",
  stack: "global",
  kind: "global",
  provider: "aws",
  after: ["network", "us-east-1", "us-west-2"],
  components: route53Global(inputOf(files)),
  hash: "",
});

const build = (files = edenFiles) => registered(() => buildAws(globalStack(files), context()));

const ZONE = "network.publicZoneId";
const HOST = "api.eden.example.com";
const spec = (files = edenFiles) =>
  route53Global(inputOf(files)).find(({ kind }: ComponentSpec) => kind === "traffic/route53");

describe("eden's global stack", () => {
  test("holds exactly this", async () => {
    const all = (await build()).filter(({ parent }) => parent === "traffic");
    expect(outline(all)).toEqual([
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-platform-health < traffic",
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-us-east-1-errors < traffic",
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-us-east-1-health < traffic",
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-us-east-1-latency < traffic",
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-us-west-2-errors < traffic",
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-us-west-2-health < traffic",
      "aws:cloudwatch/metricAlarm:MetricAlarm traffic-us-west-2-latency < traffic",
      "aws:route53/healthCheck:HealthCheck traffic-platform < traffic",
      "aws:route53/healthCheck:HealthCheck traffic-us-east-1 < traffic",
      "aws:route53/healthCheck:HealthCheck traffic-us-west-2 < traffic",
      "aws:route53/record:Record traffic-latency < traffic",
      "aws:route53/record:Record traffic-latency-us-east-1 < traffic",
      "aws:route53/record:Record traffic-latency-us-west-2 < traffic",
      "aws:route53/record:Record traffic-us-east-1 < traffic",
      "aws:route53/record:Record traffic-us-west-2 < traffic",
      "aws:route53/record:Record traffic-weighted < traffic",
      "aws:route53/record:Record traffic-weighted-us-east-1 < traffic",
      "aws:route53/record:Record traffic-weighted-us-west-2 < traffic",
      "aws:sns/topic:Topic traffic-alarms-us-east-1 < traffic",
      "aws:sns/topic:Topic traffic-alarms-us-west-2 < traffic",
      "aws:sns/topicSubscription:TopicSubscription traffic-alarms-us-east-1-operations@eden.example.com < traffic",
      "aws:sns/topicSubscription:TopicSubscription traffic-alarms-us-west-2-operations@eden.example.com < traffic",
    ]);
  });

  test("80 of 100 answers by latency, 20 by weight", async () => {
    const all = await build();
    const share = (policy: string) => find(all, `traffic-${policy}`).inputs;
    const expected = (policy: string, weight: number) => ({
      zoneId: ZONE,
      name: HOST,
      type: "A",
      setIdentifier: policy,
      weightedRoutingPolicies: [{ weight }],
      aliases: [{ name: `${policy}.${HOST}`, zoneId: ZONE, evaluateTargetHealth: true }],
    });
    expect([share("latency"), share("weighted")]).toEqual([
      expected("latency", 80),
      expected("weighted", 20),
    ]);
  });

  test("both ways lead to the regions' own names, and those to their load balancers", async () => {
    const all = await build();
    const target = { name: "api.us-west-2.eden.example.com", zoneId: ZONE, evaluateTargetHealth: true };
    const common = {
      zoneId: ZONE,
      type: "A",
      setIdentifier: "us-west-2",
      healthCheckId: "traffic-us-west-2-id",
      aliases: [target],
    };
    expect(find(all, "traffic-latency-us-west-2").inputs).toEqual({
      ...common,
      name: `latency.${HOST}`,
      latencyRoutingPolicies: [{ region: "us-west-2" }],
    });
    expect(find(all, "traffic-weighted-us-west-2").inputs).toEqual({
      ...common,
      name: `weighted.${HOST}`,
      weightedRoutingPolicies: [{ weight: 100 }],
    });
    expect(find(all, "traffic-us-west-2", ":Record").inputs).toEqual({
      zoneId: ZONE,
      name: "api.us-west-2.eden.example.com",
      type: "A",
      aliases: [
        {
          name: "us-west-2.loadBalancerDnsName",
          zoneId: "us-west-2.loadBalancerZoneId",
          evaluateTargetHealth: true,
        },
      ],
    });
  });

  test("a record is made after what it points at", async () => {
    const all = await build();
    const after = (name: string) =>
      find(all, name).dependsOn.filter((one) =>
        all.some((made) => made.name === one && /:Record$/.test(made.type)),
      );
    expect(after("traffic-latency-us-east-1")).toEqual(["traffic-us-east-1", "traffic-us-west-2"]);
    expect(after("traffic-latency")).toEqual(["traffic-latency-us-east-1", "traffic-latency-us-west-2"]);
  });

  test("each region is asked every 30 s and lost after 3 failures; one of two keeps the platform", async () => {
    const all = await build();
    const check = (name: string) => {
      const { inputs } = find(all, name, ":HealthCheck");
      return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "tags"));
    };
    expect(check("traffic-us-east-1")).toEqual({
      type: "HTTPS",
      fqdn: "api.us-east-1.eden.example.com",
      port: 443,
      resourcePath: "/health",
      requestInterval: 30,
      failureThreshold: 3,
      measureLatency: true,
      enableSni: true,
    });
    expect(check("traffic-platform")).toEqual({
      type: "CALCULATED",
      childHealthchecks: ["traffic-us-east-1-id", "traffic-us-west-2-id"],
      childHealthThreshold: 1,
    });
  });

  test("alarms of health checks are in us-east-1, those of a region in it", async () => {
    const alarms = (await build()).filter(({ type }) => type.endsWith(":MetricAlarm"));
    expect(Object.fromEntries(alarms.map(({ name, provider }) => [name, provider]))).toEqual({
      "traffic-platform-health": "aws-us-east-1",
      "traffic-us-east-1-health": "aws-us-east-1",
      "traffic-us-west-2-health": "aws-us-east-1",
      "traffic-us-east-1-errors": "aws-us-east-1",
      "traffic-us-east-1-latency": "aws-us-east-1",
      "traffic-us-west-2-errors": "aws-us-west-2",
      "traffic-us-west-2-latency": "aws-us-west-2",
    });
  });

  test("a region's alarms are the document's thresholds over 60 s", async () => {
    const all = await build();
    expect(find(all, "traffic-us-west-2-latency").inputs).toMatchObject({
      name: "eden-traffic-us-west-2-latency",
      metricName: "TargetResponseTime",
      extendedStatistic: "p99",
      period: 60,
      threshold: 0.5,
      comparisonOperator: "GreaterThanThreshold",
      dimensions: { LoadBalancer: "us-west-2.loadBalancerArn" },
    });
    const { metricQueries, threshold } = find(all, "traffic-us-west-2-errors").inputs;
    expect({
      threshold,
      queries: (
        metricQueries as readonly { id: string; metric?: { period: number }; expression?: string }[]
      ).map(({ id, metric, expression }) => ({ id, period: metric?.period, expression })),
    }).toEqual({
      threshold: 0.05,
      queries: [
        { id: "requests", period: 60, expression: undefined },
        { id: "services", period: 60, expression: undefined },
        { id: "balancer", period: 60, expression: undefined },
        {
          id: "rate",
          period: undefined,
          expression: "IF(requests > 0, (FILL(services, 0) + FILL(balancer, 0)) / requests, 0)",
        },
      ],
    });
  });

  test("without automatic failover no record follows a check, and the checks still tell", async () => {
    const all = await build(edit(edenFiles, "failover: { automatic: true,", "failover: { automatic: false,"));
    const records = all.filter(({ type }) => type.endsWith("/record:Record"));
    expect(records.flatMap(({ inputs }) => ("healthCheckId" in inputs ? [inputs["name"]] : []))).toEqual([]);
    expect(all.filter(({ type }) => type.endsWith(":HealthCheck"))).toHaveLength(3);
  });

  test("a share of nothing is no record", async () => {
    const files = edit(
      edit(edenFiles, "type: latency, percent: 80", "type: latency, percent: 100"),
      "type: weighted, percent: 20",
      "type: weighted, percent: 0",
    );
    const names = (await build(files)).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("traffic-weighted"))).toEqual([]);
  });
});

describe("what Route 53 can hold", () => {
  test.each([
    {
      name: "30 s",
      from: "interval: 30s, timeout: 5s, failures: 3",
      interval: "30s",
      failures: 3,
      expected: [30, 3],
    },
    { name: "a minute: twice as often", interval: "60s", failures: 3, expected: [30, 3] },
    { name: "20 s: every 10", interval: "20s", failures: 5, expected: [10, 5] },
    { name: "20 failures: 10", interval: "30s", failures: 20, expected: [30, 10] },
  ])("$name", ({ interval, failures, expected }) => {
    const files = edit(
      edenFiles,
      "interval: 30s, timeout: 5s, failures: 3 }",
      `interval: ${interval}, timeout: 5s, failures: ${String(failures)} }`,
    );
    const traffic = spec(files);
    expect(traffic).toMatchObject({ check: { interval: expected[0], failures: expected[1] } });
  });

  test("the account always reaches us-east-1, where health is measured", () => {
    const files = edenFiles.map(({ file, text }) => ({
      file,
      text: text.replace("location: us-east-1", "location: us-east-2"),
    }));
    const [account] = route53Global(inputOf(files));
    expect(account).toMatchObject({
      regions: [
        { region: "us-east-1", location: "us-east-2" },
        { region: "us-west-2", location: "us-west-2" },
        { region: "health", location: "us-east-1" },
      ],
    });
  });
});

describe("the zone", () => {
  const zoneStack = (): StackSpec => {
    const zone = route53ZoneSpec(inputOf(edenFiles));
    const [account] = route53Global(inputOf(edenFiles));
    if (zone === undefined || account === undefined) throw new RangeError("no zone");
    return { ...globalStack(), stack: "network", components: [account, zone] };
  };

  test("is protected in the cloud and never emptied by force", async () => {
    const all = await registered(() => buildAws(zoneStack(), context("cloud")));
    const made: Registered = find(all, "zone", ":Zone");
    expect({ name: made.inputs["name"], force: made.inputs["forceDestroy"], protect: made.protect }).toEqual({
      name: "eden.example.com",
      force: false,
      protect: true,
    });
  });

  test("a platform that another engine steers has none", () => {
    const input = inputOf(edenFiles);
    const { platform } = input.fleet;
    const spec = { ...platform.spec, traffic: undefined };
    const fleet = { ...input.fleet, platform: { ...platform, spec } } as typeof input.fleet;
    const without = planInput(fleet, input.topology);
    expect({ zone: route53ZoneSpec(without), global: route53Global(without) }).toEqual({
      zone: undefined,
      global: [],
    });
  });
});
