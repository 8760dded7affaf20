import { all, type Output, output } from "@pulumi/pulumi";
import type { RegionMetricsSpec } from "../../automation/fleet/specs/aws/metrics";
import { metricRule, type Series, type WatchedNames } from "./metrics-watches";

type Names = WatchedNames<Output<string>>;

/** A widget's place on the dashboard's grid of 24 columns. */
const WIDTH = 12;
const HEIGHT = 6;

/** A dashboard as CloudWatch reads it: a graph a watch, with the line an alarm is raised at. */
export function dashboardBody(spec: RegionMetricsSpec, names: Names): Output<string> {
  const { loadBalancer, targetGroup, database } = names;
  const known = [loadBalancer, targetGroup, database].map((name) => name ?? output(""));
  return all(known).apply(([balancer, targets, instance]) =>
    JSON.stringify({
      widgets: widgetsOf(spec, { loadBalancer: balancer, targetGroup: targets, database: instance }),
    }),
  );
}

type Resolved = WatchedNames<string>;

const metricLine = (
  { namespace, metric, dimensions, statistic, id }: Series,
  names: Resolved,
  visible: boolean,
) => [
  namespace,
  metric,
  ...Object.entries(dimensions).flatMap(([name, value]) => [
    name,
    typeof value === "string" ? value : (names[value.of] ?? ""),
  ]),
  { id, stat: statistic, ...(visible ? {} : { visible: false }) },
];

function widgetsOf({ watches, location, region }: RegionMetricsSpec, names: Resolved) {
  const graphs = watches.flatMap((watch) => {
    const rule = metricRule(watch);
    return rule === undefined ? [] : [{ watch, rule }];
  });
  return graphs.map(({ watch, rule }, at) => {
    const lines = rule.series.map((series) => metricLine(series, names, rule.expression === undefined));
    return {
      type: "metric",
      x: (at % 2) * WIDTH,
      y: Math.floor(at / 2) * HEIGHT,
      width: WIDTH,
      height: HEIGHT,
      properties: {
        title: `${watch.title} (${region})`,
        region: location,
        period: 60,
        view: "timeSeries",
        metrics:
          rule.expression === undefined
            ? lines
            : [...lines, [{ expression: rule.expression, label: rule.key, id: "result" }]],
        annotations: { horizontal: [{ label: "alarm", value: rule.threshold }] },
      },
    };
  });
}
