import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { AlertChannel, PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import type { SecretRef } from "../../automation/fleet/specs/secret-ref";
import type { ProgramContext } from "../program-context";
import { LOGS_ROLES, LOGS_USERS } from "./elastic";
import { TELEMETRY_SECRETS, userSecret } from "./prometheus-names";

type Data = Readonly<Record<string, Input<string>>>;

/** Every Secret the parts read, made before them. */
export function telemetrySecrets(
  spec: PrometheusStackSpec,
  labels: Readonly<Record<string, string>>,
  { secret }: ProgramContext,
  opts: CustomResourceOptions,
): readonly Secret[] {
  const make = (name: string, stringData: Data, type = "Opaque"): Secret =>
    new Secret(
      `${spec.name}-${name}`,
      { metadata: { name, namespace: spec.namespace, labels: { ...labels } }, type, stringData },
      opts,
    );
  const { alerting, dashboards, region, trust } = spec;
  const ca = secret(trust.caCertificate);
  return [
    make(TELEMETRY_SECRETS.tls, {
      "ca.crt": ca,
      "tls.crt": secret(trust.certificate),
      "tls.key": secret(trust.key),
    }),
    make(TELEMETRY_SECRETS.transport, { "ca.crt": ca, "ca.key": secret(trust.caKey) }),
    make(TELEMETRY_SECRETS.channels, channelSecrets(alerting.channels, secret)),
    make(TELEMETRY_SECRETS.smtp, { password: secret(alerting.smtp.password) }),
    make(TELEMETRY_SECRETS.grafana, { user: "admin", password: secret(dashboards.adminPassword) }),
    make(TELEMETRY_SECRETS.roles, { "roles.yml": LOGS_ROLES }),
    ...LOGS_USERS.map((user) =>
      make(
        userSecret(user),
        { username: user, password: secret({ secret: `elastic-${user}-password-${region}` }), roles: user },
        "kubernetes.io/basic-auth",
      ),
    ),
  ];
}

/** What each channel is told by: an email address is no secret. */
function secretOf(channel: AlertChannel): SecretRef | undefined {
  switch (channel.kind) {
    case "email":
      return undefined;
    case "pagerduty":
      return channel.routingKey;
    case "slack":
    case "webhook":
      return channel.url;
  }
}

const channelSecrets = (channels: readonly AlertChannel[], secret: ProgramContext["secret"]): Data =>
  Object.fromEntries(
    channels.flatMap((channel) => {
      const ref = secretOf(channel);
      return ref === undefined ? [] : [[channel.name, secret(ref)] as const];
    }),
  );
