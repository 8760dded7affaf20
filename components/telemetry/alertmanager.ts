/**
 * Alertmanager of a region: who hears what, grouped by the correlation window.
 *
 * It hears the region's own alerts and what the region's global Prometheus says of the platform. What it cannot
 * know is whether somebody took an alert: see EscalationStep.
 */
import type { Input } from "@pulumi/pulumi";
import type {
  AlertChannel,
  AlertingSpec,
  PrometheusStackSpec,
  Severity,
} from "../../automation/fleet/specs/kubernetes/telemetry";
import { ALERTMANAGER, TELEMETRY_SECRETS, type MakePart, type TelemetryPart } from "./prometheus-names";
import { EARLIER_HEARD } from "./prometheus-platform-rules";

const VERSION = "v0.28.1";

/** AlertmanagerConfig takes the SMTP user in clear only: in Pulumi's state it is a secret all the same. */
export const alertmanager = (
  spec: PrometheusStackSpec,
  smtpUser: Input<string>,
  make: MakePart,
): readonly TelemetryPart[] => [
  {
    ...make("alertmanager", ["monitoring.coreos.com/v1", "Alertmanager"], ALERTMANAGER, serverSpec(spec)),
    stateful: true,
  },
  make(
    "alerts",
    ["monitoring.coreos.com/v1alpha1", "AlertmanagerConfig"],
    ALERTMANAGER,
    configSpec(spec, smtpUser),
  ),
];

/** Three that gossip: each notification goes out once, also while one of them restarts. */
const serverSpec = ({ metrics }: PrometheusStackSpec) => ({
  version: VERSION,
  image: `quay.io/prometheus/alertmanager:${VERSION}`,
  replicas: 3,
  retention: "120h",
  alertmanagerConfiguration: { name: ALERTMANAGER },
  securityContext: { fsGroup: 2000, runAsNonRoot: true, runAsUser: 1000 },
  storage: {
    volumeClaimTemplate: {
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: metrics.storage.storageClass,
        resources: { requests: { storage: "5Gi" } },
      },
    },
  },
});

/** The charts' own rules say warning and info where the documents say medium and low. */
const ALSO: Readonly<Record<Severity, readonly string[]>> = {
  critical: [],
  high: [],
  medium: ["warning"],
  low: ["info", "none"],
};

const NOBODY = "nobody";

interface Matcher {
  readonly name: string;
  readonly matchType: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

const is = (name: string, value: string): Matcher => ({ name, matchType: "=", value });
const isOneOf = (name: string, values: readonly string[]): Matcher => ({
  name,
  matchType: "=~",
  value: values.join("|"),
});
const isSet = (name: string): Matcher => ({ name, matchType: "!=", value: "" });

function configSpec({ alerting, region }: PrometheusStackSpec, smtpUser: Input<string>) {
  const teller = { alerting, region, smtpUser };
  return {
    route: routeOf(alerting),
    inhibitRules: inhibitions(alerting),
    receivers: [
      { name: NOBODY },
      ...alerting.routes.map(({ severity, channels }) => receiver(severity, channels, teller)),
      ...alerting.escalation.map(({ team }) =>
        receiver(escalationReceiver(team), urgent(alerting), teller, team),
      ),
    ],
  };
}

const escalationReceiver = (team: string): string => `escalation-${team}`;

/** An escalation wakes people: pagers when there are any. */
function urgent({ channels }: AlertingSpec): readonly string[] {
  const pagers = channels.filter(({ kind }) => kind === "pagerduty");
  return (pagers.length > 0 ? pagers : channels).map(({ name }) => name);
}

/** What joins a group within the correlation window is told with it, not one by one. */
function routeOf({ correlationMinutes, escalation, routes }: AlertingSpec) {
  const window = `${String(correlationMinutes)}m`;
  return {
    receiver: routes.at(-1)?.severity ?? NOBODY,
    groupBy: ["region", "service"],
    groupWait: "30s",
    groupInterval: window,
    repeatInterval: "4h",
    routes: [
      { receiver: NOBODY, matchers: [is("scope", "voice")] },
      { receiver: NOBODY, matchers: [is("alertname", "Watchdog")] },
      ...escalation.map(({ team }) => ({
        receiver: escalationReceiver(team),
        matchers: [is("scope", "escalation"), is("team", team)],
        groupBy: ["region", "cause", "service"],
        groupWait: "0s",
        groupInterval: "1m",
      })),
      ...routes.map(({ severity }) => ({
        receiver: severity,
        matchers: [is("scope", "platform"), is("severity", severity)],
        groupBy: ["alertname", "cause", "service"],
        groupWait: "30s",
        groupInterval: window,
      })),
      ...routes.map(({ severity }) => ({
        receiver: severity,
        matchers: [isOneOf("severity", [severity, ...ALSO[severity]])],
        // The worst is told at once, the others when their causes had time to gather.
        groupWait: severity === "critical" ? "10s" : "1m",
      })),
    ],
  };
}

/** An alert that is muted still mutes: so the regions that do not speak are quiet about their part, too. */
const inhibitions = ({ crossRegion }: AlertingSpec) => [
  // Of one service the worst alert is enough.
  {
    sourceMatch: [is("severity", "critical"), is("scope", "region"), isSet("service")],
    targetMatch: [isOneOf("severity", ["high", "medium", "low"]), is("scope", "region"), isSet("service")],
    equal: ["region", "service"],
  },
  // A region that is lost or unhealthy as a whole explains each of its services.
  {
    sourceMatch: [isOneOf("alertname", ["RegionSilent", "RegionUnhealthy"])],
    targetMatch: [is("scope", "region")],
    equal: ["region"],
  },
  ...(crossRegion
    ? [
        {
          sourceMatch: [is("alertname", "CorrelatedAlert")],
          targetMatch: [is("scope", "region")],
          equal: ["cause", "service"],
        },
      ]
    : []),
  {
    sourceMatch: [is("alertname", EARLIER_HEARD)],
    targetMatch: [is("scope", "platform")],
  },
];

const key = (secret: string, name: string) => ({ name: secret, key: name });

const SUBJECT = "[{{ .Status | toUpper }}] {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }}";
const TEXT = "{{ range .Alerts }}{{ .Annotations.summary }}\n{{ .Annotations.runbook_url }}\n{{ end }}";

interface Teller {
  readonly alerting: AlertingSpec;
  readonly region: string;
  readonly smtpUser: Input<string>;
}

/** One receiver: each of its channels once. */
function receiver(
  name: string,
  heard: readonly string[],
  { alerting: { channels, smtp }, region, smtpUser }: Teller,
  team?: string,
) {
  const own = channels.filter((channel) => heard.includes(channel.name));
  const of = <Kind extends AlertChannel["kind"]>(kind: Kind) =>
    own.filter((channel): channel is Extract<AlertChannel, { kind: Kind }> => channel.kind === kind);
  const subject = `${SUBJECT} (${team ?? region})`;
  const some = <T>(field: string, configs: readonly T[]) =>
    configs.length === 0 ? {} : { [field]: configs };
  return {
    name,
    ...some(
      "emailConfigs",
      of("email").map(({ to }) => emailConfig(to, subject, smtp, smtpUser)),
    ),
    ...some(
      "slackConfigs",
      of("slack").map((channel) => slackConfig(channel, subject)),
    ),
    ...some(
      "pagerdutyConfigs",
      of("pagerduty").map((channel) => pagerConfig(channel.name, subject, region, team)),
    ),
    ...some(
      "webhookConfigs",
      of("webhook").map((channel) => ({
        sendResolved: true,
        urlSecret: key(TELEMETRY_SECRETS.channels, channel.name),
      })),
    ),
  };
}

const emailConfig = (
  to: string,
  subject: string,
  smtp: AlertingSpec["smtp"],
  authUsername: Input<string>,
) => ({
  to,
  from: smtp.from,
  smarthost: smtp.host,
  authUsername,
  authPassword: key(TELEMETRY_SECRETS.smtp, "password"),
  requireTLS: true,
  sendResolved: true,
  headers: [{ key: "Subject", value: subject }],
  text: TEXT,
});

const slackConfig = (
  { name, channel }: { readonly name: string; readonly channel?: string },
  title: string,
) => ({
  apiURL: key(TELEMETRY_SECRETS.channels, name),
  ...(channel === undefined ? {} : { channel }),
  sendResolved: true,
  title,
  text: TEXT,
});

/** PagerDuty has four severities of its own names. */
const PAGER_SEVERITY =
  '{{ if eq .CommonLabels.severity "critical" }}critical{{ else if eq .CommonLabels.severity "high" }}error{{ else if eq .CommonLabels.severity "medium" }}warning{{ else }}info{{ end }}';

const pagerConfig = (name: string, description: string, region: string, team: string | undefined) => ({
  routingKey: key(TELEMETRY_SECRETS.channels, name),
  sendResolved: true,
  description,
  severity: PAGER_SEVERITY,
  group: team ?? region,
  class: "{{ .CommonLabels.alertname }}",
  component: "{{ .CommonLabels.service }}",
  details: [
    { key: "region", value: region },
    { key: "runbook", value: "{{ .CommonAnnotations.runbook_url }}" },
    ...(team === undefined ? [] : [{ key: "team", value: team }]),
  ],
});
