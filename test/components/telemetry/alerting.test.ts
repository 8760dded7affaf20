import { alertmanager } from "../../../components/telemetry/alertmanager";
import { dashboardsOf } from "../../../components/telemetry/grafana-dashboards";
import { dashboardJson } from "../../../components/telemetry/grafana-panels";
import { partMaker } from "../../../components/telemetry/prometheus-names";
import { platformGroups } from "../../../components/telemetry/prometheus-platform-rules";
import { regionalGroups, runbookUrl, type AlertRule } from "../../../components/telemetry/prometheus-rules";
import { edit } from "../../fleet/build-manifests";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context } from "../registered";
import { edenFiles, telemetryOf } from "./eden";

type Labels = Readonly<Record<string, string>>;
interface Matcher {
  readonly name: string;
  readonly matchType: string;
  readonly value: string;
}
interface Route {
  readonly receiver: string;
  readonly matchers?: readonly Matcher[];
  readonly groupInterval?: string;
  readonly routes?: readonly Route[];
}
interface Inhibition {
  readonly sourceMatch: readonly Matcher[];
  readonly targetMatch: readonly Matcher[];
  readonly equal?: readonly string[];
}
interface Receiver {
  readonly name: string;
  readonly [configs: string]: unknown;
}
interface Config {
  readonly route: Route;
  readonly inhibitRules: readonly Inhibition[];
  readonly receivers: readonly Receiver[];
}

const setting = { platform: "eden", region: "us-east-1", context: context() };
const spec = telemetryOf();
const parts = alertmanager(spec, "smtp-user", partMaker(spec, setting));
const objectOf = (kind: string) => parts.find(({ object }) => object.kind === kind)?.object;
const config = objectOf("AlertmanagerConfig")?.spec as Config;

const alertsOf = (groups: ReturnType<typeof regionalGroups>): readonly AlertRule[] =>
  groups.flatMap(({ rules }) => rules).filter((rule): rule is AlertRule => "alert" in rule);

const regional = alertsOf(regionalGroups(spec));

/** As Alertmanager judges a matcher: a label that is absent is empty. */
function matches(labels: Labels, { name, matchType, value }: Matcher): boolean {
  const actual = labels[name] ?? "";
  const fits = matchType.endsWith("~") ? new RegExp(`^(?:${value})$`).test(actual) : actual === value;
  return matchType.startsWith("!") ? !fits : fits;
}

const all = (labels: Labels, matchers: readonly Matcher[] = []): boolean =>
  matchers.every((matcher) => matches(labels, matcher));

/** The first child that matches takes it; none of ours continues. */
const receiverOf = (labels: Labels): string =>
  config.route.routes?.find(({ matchers }) => all(labels, matchers))?.receiver ?? config.route.receiver;

const muted = (target: Labels, firing: readonly Labels[]): boolean =>
  config.inhibitRules.some(
    ({ sourceMatch, targetMatch, equal = [] }) =>
      all(target, targetMatch) &&
      firing.some(
        (source) =>
          all(source, sourceMatch) && equal.every((label) => (source[label] ?? "") === (target[label] ?? "")),
      ),
  );

const channels = (name: string): readonly string[] =>
  Object.keys(config.receivers.find((receiver) => receiver.name === name) ?? {})
    .filter((field) => field !== "name")
    .sort();

describe("what a region alerts on", () => {
  test("the document's thresholds", () => {
    expect(
      regional.map(({ alert, expr, labels }) => `${labels["severity"] ?? ""} ${alert}: ${expr}`).slice(0, 3),
    ).toEqual([
      "critical ErrorRate: region:errors:ratio > 0.05",
      "high Latency: region:latency_seconds:p99 > 0.5",
      "critical SyntheticTransaction: region:probe_success:min == 0",
    ]);
    const limits = regional.filter(({ alert }) => /^Postgres/.test(alert)).map(({ expr }) => expr);
    expect(limits).toEqual([
      "region:postgres_lag_seconds:max > 60",
      "region:postgres_conflicts:increase15m > 10",
    ]);
  });

  test("rates and latencies are those of the last 60 s", () => {
    const [recordings] = regionalGroups(spec);
    const judged = recordings?.rules.filter((rule) => "record" in rule && /errors|latency/.test(rule.record));
    expect(judged?.map(({ expr }) => [...new Set(expr.match(/\[\d+s\]/g))])).toEqual([["[60s]"], ["[60s]"]]);
  });

  test("every alert says its severity and its runbook", () => {
    const own = regional.filter(({ alert }) => alert !== "Escalation");
    expect(new Set(own.map(({ labels }) => labels["severity"]))).toEqual(
      new Set(["critical", "high", "medium", "low"]),
    );
    expect(own.map(({ annotations }) => annotations["runbook_url"])).toEqual(
      own.map(({ alert }) => `https://github.com/ataivadev/eden-runbooks/blob/main/${alert}.md`),
    );
  });

  test("a repository over HTTPS stays what it is", () => {
    expect(runbookUrl("https://git.example.com/books.git", "Latency")).toBe(
      "https://git.example.com/books/blob/main/Latency.md",
    );
  });

  test("an alert that fires for 15 min needs the regional team, for 30 min the global one", () => {
    const steps = regional.filter(({ alert }) => alert === "Escalation");
    expect(steps.map(({ for: after, labels }) => ({ after, ...labels }))).toEqual([
      { after: "15m", scope: "escalation", team: "regional-team" },
      { after: "30m", scope: "escalation", team: "global-team" },
    ]);
  });

  test("another threshold is another rule", () => {
    const files = edit(edenFiles, "latency: 500ms", "latency: 250ms");
    const [, latency] = alertsOf(regionalGroups(telemetryOf("us-east-1", files)));
    expect(latency?.expr).toBe("region:latency_seconds:p99 > 0.25");
  });
});

describe("what is judged over all regions", () => {
  const names = (region: string) => alertsOf(platformGroups(telemetryOf(region))).map(({ alert }) => alert);

  test("the second region also listens for the first", () => {
    const every = ["RegionSilent", "RegionUnhealthy", "PlatformErrorRate", "CorrelatedAlert"];
    expect({ first: names("us-east-1"), second: names("us-west-2") }).toEqual({
      first: every,
      second: [...every, "EarlierRegionHeard"],
    });
  });

  test("the same cause in two regions within 15 min, and half of a region's services", () => {
    const rules = alertsOf(platformGroups(spec));
    const expr = (name: string) => rules.find(({ alert }) => alert === name)?.expr ?? "";
    expect(expr("CorrelatedAlert")).toBe(
      'count by (cause, service) (max by (cause, service, region) (max_over_time(region:alerts:firing{severity=~"critical|high"}[15m]))) >= 2',
    );
    expect(expr("RegionUnhealthy")).toMatch(/>= 50$/);
    expect(expr("RegionSilent")).toBe('absent_over_time(region:heartbeat{region="us-west-2"}[1m])');
  });
});

describe("who hears of it", () => {
  test.each([
    { name: "critical", labels: { severity: "critical" }, receiver: "critical" },
    { name: "high", labels: { severity: "high", scope: "region" }, receiver: "high" },
    { name: "the charts' warning", labels: { severity: "warning" }, receiver: "medium" },
    { name: "the charts' info", labels: { severity: "info" }, receiver: "low" },
    { name: "no severity", labels: {}, receiver: "low" },
    { name: "the platform's", labels: { severity: "critical", scope: "platform" }, receiver: "critical" },
    { name: "the watchdog", labels: { alertname: "Watchdog", severity: "none" }, receiver: "nobody" },
    { name: "the voice", labels: { scope: "voice" }, receiver: "nobody" },
    {
      name: "15 min",
      labels: { scope: "escalation", team: "regional-team", severity: "high" },
      receiver: "escalation-regional-team",
    },
    {
      name: "30 min",
      labels: { scope: "escalation", team: "global-team", severity: "critical" },
      receiver: "escalation-global-team",
    },
  ])("$name → $receiver", ({ labels, receiver }) => {
    expect(receiverOf(labels as Labels)).toBe(receiver);
  });

  test("each severity by its channels, an escalation by the pager", () => {
    const everywhere = ["emailConfigs", "pagerdutyConfigs", "slackConfigs"];
    expect(Object.fromEntries(config.receivers.map(({ name }) => [name, channels(name)]))).toEqual({
      nobody: [],
      critical: everywhere,
      high: everywhere,
      medium: ["slackConfigs"],
      low: ["emailConfigs"],
      "escalation-regional-team": ["pagerdutyConfigs"],
      "escalation-global-team": ["pagerdutyConfigs"],
    });
  });

  test("what joins a group within 15 min is told with it", () => {
    expect(config.route.groupInterval).toBe("15m");
  });

  test("a channel of another region hears nothing", () => {
    const files = edit(
      edenFiles,
      "{ name: email, kind: email, target: operations@eden.example.com }",
      "{ name: email, kind: email, target: operations@eden.example.com, regions: [us-west-2] }",
    );
    const heard = (region: string) => telemetryOf(region, files).alerting.channels.map(({ name }) => name);
    expect({ east: heard("us-east-1"), west: heard("us-west-2") }).toEqual({
      east: ["slack", "pagerduty"],
      west: ["email", "slack", "pagerduty"],
    });
  });
});

describe("what mutes what", () => {
  const of = (labels: Labels): Labels => ({ scope: "region", region: "us-east-1", ...labels });
  const slow = of({ severity: "high", cause: "Latency", service: "hub" });

  test.each([
    {
      name: "the worst alert of a service mutes its others",
      by: of({ severity: "critical", cause: "ErrorRate", service: "hub" }),
      mutes: true,
    },
    {
      name: "not those of another service",
      by: of({ severity: "critical", cause: "ErrorRate", service: "vault" }),
      mutes: false,
    },
    {
      name: "nor does an alert without a service",
      by: of({ severity: "critical", cause: "X" }),
      mutes: false,
    },
    {
      name: "a lost region mutes its own",
      by: { alertname: "RegionUnhealthy", scope: "platform", region: "us-east-1" },
      mutes: true,
    },
    {
      name: "not another's",
      by: { alertname: "RegionSilent", scope: "platform", region: "us-west-2" },
      mutes: false,
    },
    {
      name: "one event of two regions mutes both parts",
      by: { alertname: "CorrelatedAlert", scope: "platform", cause: "Latency", service: "hub" },
      mutes: true,
    },
    {
      name: "not another cause",
      by: { alertname: "CorrelatedAlert", scope: "platform", cause: "ErrorRate", service: "hub" },
      mutes: false,
    },
  ])("$name", ({ by, mutes }) => {
    expect(muted(slow, [by])).toBe(mutes);
  });

  test("a region that hears an earlier one is silent about the platform, and only about that", () => {
    const voice: Labels = { alertname: "EarlierRegionHeard", scope: "voice" };
    expect({
      platform: muted({ alertname: "RegionSilent", scope: "platform" }, [voice]),
      own: muted(slow, [voice]),
      escalation: muted({ scope: "escalation", team: "global-team" }, [voice]),
    }).toEqual({ platform: true, own: false, escalation: false });
  });
});

describe("dashboards", () => {
  const dashboards = dashboardsOf(spec, "eden");
  const panelsOf = (at: number) => dashboards[at]?.rows.flatMap(({ panels }) => panels) ?? [];

  test("one of the region, one of all", () => {
    expect(dashboards.map(({ uid, rows }) => `${uid}: ${rows.map(({ title }) => title).join(", ")}`)).toEqual(
      [
        "eden-us-east-1: Requests, Replication, As users see it, Cluster",
        "eden-regions: Failover, Requests, Replication, As users see it",
      ],
    );
  });

  test("every series they draw is one that is recorded or scraped", () => {
    const recorded = regionalGroups(spec)
      .flatMap(({ rules }) => rules)
      .flatMap((rule) => ("record" in rule ? [rule.record] : []));
    const drawn = [0, 1].flatMap(panelsOf).flatMap(({ queries }) => queries.map(({ expr }) => expr));
    const used = new Set(drawn.flatMap((expr) => expr.match(/region:[a-z0-9_]+:?[a-z0-9_]*/g) ?? []));
    expect([...used].filter((series) => !recorded.includes(series))).toEqual([]);
    expect(used.size).toBeGreaterThan(9);
  });

  test("across regions every line is a region's, whichever replica wrote it", () => {
    const lines = panelsOf(1).flatMap(({ queries }) => queries);
    const blind = lines.filter(
      ({ expr }) => !/by \(region|max\(present_over_time\(region:heartbeat/.test(expr),
    );
    expect(blind).toEqual([]);
  });

  test("panels have ids of their own and do not overlap", () => {
    for (const dashboard of dashboards) {
      const { panels } = JSON.parse(dashboardJson(dashboard)) as {
        panels: readonly { id: number; gridPos: { x: number; y: number; w: number; h: number } }[];
      };
      const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, at) => `${String(x + (at % w))},${String(y + Math.floor(at / w))}`),
      );
      expect(new Set(cells).size).toBe(cells.length);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    }
  });
});

describeWithSchemas("routes", () => {
  test("children are as valid as the route above them", () => {
    const object = objectOf("AlertmanagerConfig");
    const children = config.route.routes ?? [];
    const found = children.flatMap((route) =>
      violations({ ...object, spec: { route, receivers: config.receivers } }),
    );
    expect({ children: children.length, found }).toEqual({ children: 12, found: [] });
  });
});
