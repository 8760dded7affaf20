/** Panels as Grafana's dashboards hold them: a grid of 24 columns. */

export interface Query {
  readonly expr: string;
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  readonly kind: "timeseries" | "stat" | "state-timeline";
  /** Grafana's own names: `s`, `percentunit`, `reqps`, `short`, `bool_on_off`. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Drawn as a line, and the colour above it. */
  readonly threshold?: number;
  /** Of 24. */
  readonly width: number;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

const HEIGHT = { row: 1, panel: 8 } as const;

const thresholds = (limit: number | undefined) => ({
  mode: "absolute",
  steps: [{ color: "green", value: null }, ...(limit === undefined ? [] : [{ color: "red", value: limit }])],
});

/** Rows from the top, panels from the left; ids in that order, so that a diff shows what moved. */
export function laidOut(rows: readonly Row[], datasource: string): readonly object[] {
  const made: object[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    made.push({
      id: made.length + 1,
      type: "row",
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: 24, h: HEIGHT.row },
      panels: [],
    });
    y += HEIGHT.row;
    let x = 0;
    for (const panel of panels) {
      if (x + panel.width > 24) {
        x = 0;
        y += HEIGHT.panel;
      }
      const gridPos = { x, y, w: panel.width, h: HEIGHT.panel };
      made.push({ id: made.length + 1, gridPos, ...panelJson(panel, datasource) });
      x += panel.width;
    }
    y += HEIGHT.panel;
  }
  return made;
}

const panelJson = ({ title, kind, unit, queries, threshold }: Panel, uid: string) => ({
  type: kind,
  title,
  datasource: { type: "prometheus", uid },
  targets: queries.map(({ expr, legend }, at) => ({
    refId: String.fromCharCode("A".charCodeAt(0) + at),
    datasource: { type: "prometheus", uid },
    expr,
    legendFormat: legend,
  })),
  fieldConfig: {
    defaults: {
      unit,
      thresholds: thresholds(threshold),
      ...(kind === "timeseries" && threshold !== undefined
        ? { custom: { thresholdsStyle: { mode: "line" } } }
        : {}),
    },
    overrides: [],
  },
  options: kind === "stat" ? { reduceOptions: { calcs: ["lastNotNull"] }, colorMode: "background" } : {},
});

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly datasource: string;
  readonly rows: readonly Row[];
  readonly tags: readonly string[];
}

/** The JSON model Grafana imports. */
export const dashboardJson = ({ uid, title, datasource, rows, tags }: Dashboard): string =>
  JSON.stringify({
    uid,
    title,
    tags,
    schemaVersion: 39,
    editable: false,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    timezone: "utc",
    panels: laidOut(rows, datasource),
    templating: { list: [] },
    annotations: { list: [] },
  });
