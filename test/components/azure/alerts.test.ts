import fc from "fast-check";
import type { AzureWatch } from "../../../automation/fleet/specs/azure/alerts";
import { budgetMinutes, burnAlerts } from "../../../automation/fleet/specs/azure/error-budget";
import { metricRules } from "../../../components/telemetry/azure-watches";

describe("error budget", () => {
  test.each([
    { availability: 99.95, minutes: 21.6 },
    { availability: 99.9, minutes: 43.2 },
    { availability: 99.99, minutes: 4.32 },
    { availability: 100, minutes: 0 },
  ])("$availability % allows $minutes minutes a month", ({ availability, minutes }) => {
    expect(budgetMinutes(availability)).toBe(minutes);
  });

  test.each([
    {
      name: "99.95 with 60 probes an hour: an hour is too short, one failed probe would fire it",
      availability: 99.95,
      probes: 60,
      expected: [
        { hours: 6, burn: 6, severity: 2, threshold: 99.7 },
        { hours: 24, burn: 3, severity: 3, threshold: 99.85 },
      ],
    },
    {
      name: "99.9 with 600 probes an hour",
      availability: 99.9,
      probes: 600,
      expected: [
        { hours: 1, burn: 14.4, severity: 1, threshold: 98.56 },
        { hours: 6, burn: 6, severity: 2, threshold: 99.4 },
        { hours: 24, burn: 3, severity: 3, threshold: 99.7 },
      ],
    },
    { name: "no budget, no burn", availability: 100, probes: 600, expected: [] },
  ])("$name", ({ availability, probes, expected }) => {
    expect(burnAlerts(availability, probes)).toEqual(expected);
  });

  test("one failed probe alone never fires", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 50, max: 100, noNaN: true }),
        fc.integer({ min: 1, max: 10_000 }),
        (availability, probes) => {
          for (const { hours, threshold } of burnAlerts(availability, probes)) {
            expect(100 - 100 / (probes * hours)).toBeGreaterThanOrEqual(threshold - 1e-3);
          }
        },
      ),
    );
  });
});

describe("metric rules", () => {
  const ref = { group: "castiel-data", name: "castiel-cosmos" };
  const brief = (watch: AzureWatch): readonly string[] =>
    metricRules(watch, 99.95, "castiel-east-us-api").map(
      ({ key, severity, metric, aggregation, operator, threshold, window, dimension }) =>
        `${key} [${severity}]: ${aggregation} ${metric} ${operator} ${threshold} in ${window}${dimension === undefined ? "" : ` of ${dimension.values.join(",")}`}`,
    );

  test.each<{ name: string; watch: AzureWatch; rules: readonly string[] }>([
    {
      name: "web app",
      watch: { kind: "web-app", name: "api", app: ref },
      rules: [
        "api-errors [1]: Total Http5xx GreaterThan 10 in PT5M",
        "api-instances [2]: Average HealthCheckStatus LessThan 100 in PT5M",
      ],
    },
    {
      name: "Cosmos DB",
      watch: { kind: "cosmos", name: "cosmos", account: ref, lagSeconds: 300 },
      rules: [
        "cosmos-availability [1]: Average ServiceAvailability LessThan 99.95 in PT1H",
        "cosmos-lag [1]: Average ReplicationLatency GreaterThan 300000 in PT5M",
      ],
    },
    {
      name: "cache alone",
      watch: { kind: "azure-cache", name: "redis", cache: ref, linked: false },
      rules: ["redis-load [2]: Average serverLoad GreaterThan 80 in PT5M"],
    },
    {
      name: "linked cache",
      watch: { kind: "azure-cache", name: "redis", cache: ref, linked: true },
      rules: [
        "redis-load [2]: Average serverLoad GreaterThan 80 in PT5M",
        "redis-link [1]: Minimum GeoReplicationHealthy LessThan 1 in PT5M",
      ],
    },
    {
      name: "traffic",
      watch: { kind: "traffic", name: "api", profile: ref },
      rules: [
        "api-endpoints [0]: Maximum ProbeAgentCurrentEndpointStateByProfileResourceId LessThan 1 in PT5M of *",
      ],
    },
    {
      name: "web test",
      watch: {
        kind: "web-test",
        name: "api",
        host: "h",
        path: "/health",
        insights: ref,
        interval: 300,
        locations: ["a", "b", "c", "d", "e"],
      },
      rules: [
        "api-availability-6h [2]: Average availabilityResults/availabilityPercentage LessThan 99.7 in PT6H of castiel-east-us-api",
        "api-availability-24h [3]: Average availabilityResults/availabilityPercentage LessThan 99.85 in P1D of castiel-east-us-api",
      ],
    },
  ])("$name", ({ watch, rules }) => {
    expect(brief(watch)).toEqual(rules);
  });
});
