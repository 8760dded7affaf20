import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import { dashboardsOf } from "./grafana-dashboards";
import { dashboardJson } from "./grafana-panels";
import {
  GLOBAL,
  GRAFANA,
  JAEGER,
  LOGS_HTTP_CA,
  logsUrl,
  METRICS_PORT,
  metricsService,
  REGIONAL,
  TELEMETRY_SECRETS,
  type MakePart,
  type TelemetryPart,
} from "./prometheus-names";

const VERSION = "12.1.0";
const LABELS = { dashboards: "meridian" } as const;
const SELECTOR = { instanceSelector: { matchLabels: LABELS } } as const;
const type = (kind: string) => ["grafana.integreatly.org/v1beta1", kind] as const;

/** Grafana with its data sources and dashboards, all of them resources: what is clicked together is lost on purpose. */
export const grafana = (
  spec: PrometheusStackSpec,
  platform: string,
  make: MakePart,
): readonly TelemetryPart[] => [
  make("grafana", type("Grafana"), GRAFANA, serverSpec(), { labels: LABELS }),
  make("folder", type("GrafanaFolder"), platform, { ...SELECTOR, title: platform }),
  ...datasources(spec).map(({ uid, body }) =>
    make(`datasource-${uid}`, type("GrafanaDatasource"), uid, { ...SELECTOR, uid, ...body }),
  ),
  ...dashboardsOf(spec, platform).map((dashboard) =>
    make(`dashboard-${dashboard.uid}`, type("GrafanaDashboard"), dashboard.uid, {
      ...SELECTOR,
      folderRef: platform,
      json: dashboardJson(dashboard),
    }),
  ),
];

const admin = (name: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: TELEMETRY_SECRETS.grafana, key } },
});

const serverSpec = () => ({
  version: VERSION,
  disableDefaultAdminSecret: true,
  config: {
    "auth.anonymous": { enabled: "false" },
    users: { allow_sign_up: "false" },
    analytics: { reporting_enabled: "false" },
  },
  deployment: {
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: "grafana",
              // The operator reads the same variables to sign in.
              env: [admin("GF_SECURITY_ADMIN_USER", "user"), admin("GF_SECURITY_ADMIN_PASSWORD", "password")],
            },
          ],
        },
      },
    },
  },
});

interface Source {
  readonly uid: string;
  readonly body: object;
}

const prometheus = (uid: string, name: string, url: string, extra: object = {}): Source => ({
  uid,
  body: {
    datasource: {
      name,
      type: "prometheus",
      access: "proxy",
      url,
      isDefault: uid === "regional",
      editable: false,
      jsonData: { httpMethod: "POST", timeInterval: "15s", ...extra },
    },
  },
});

/** Fills a field of the data source from a Secret; the operator replaces the variable it stands for. */
const from = (targetPath: string, name: string, key: string) => ({
  targetPath,
  valueFrom: { secretKeyRef: { name, key } },
});

function datasources(spec: PrometheusStackSpec): readonly Source[] {
  const { namespace, region } = spec;
  const at = (server: string): string => `${metricsService(server)}.${namespace}.svc:${String(METRICS_PORT)}`;
  const global = prometheus("global", "All regions", `https://${at(GLOBAL)}`, { tlsAuthWithCACert: true });
  return [
    prometheus("regional", region, `http://${at(REGIONAL)}`),
    ...(spec.metrics.aggregated
      ? [
          {
            uid: global.uid,
            body: {
              ...global.body,
              valuesFrom: [from("secureJsonData.tlsCACert", TELEMETRY_SECRETS.tls, "ca.crt")],
            },
          },
        ]
      : []),
    logs(spec),
    {
      uid: "traces",
      body: {
        datasource: {
          name: "Traces",
          type: "jaeger",
          access: "proxy",
          url: `http://${JAEGER}-collector.${namespace}.svc:16686`,
          editable: false,
        },
      },
    },
  ];
}

/** People sign in to Kibana as themselves; Grafana reads logs as the user ECK makes. */
const logs = ({ logs: { crossRegion }, namespace }: PrometheusStackSpec): Source => ({
  uid: "logs",
  body: {
    datasource: {
      name: "Logs",
      type: "elasticsearch",
      access: "proxy",
      url: logsUrl(namespace),
      basicAuth: true,
      basicAuthUser: "elastic",
      editable: false,
      jsonData: {
        index: crossRegion ? "logs-*,*:logs-*" : "logs-*",
        timeField: "@timestamp",
        logMessageField: "message",
        tlsAuthWithCACert: true,
      },
      secureJsonData: { basicAuthPassword: "${elastic}", tlsCACert: "${ca.crt}" },
    },
    valuesFrom: [
      from("secureJsonData.basicAuthPassword", "logs-es-elastic-user", "elastic"),
      from("secureJsonData.tlsCACert", LOGS_HTTP_CA, "ca.crt"),
    ],
  },
});
