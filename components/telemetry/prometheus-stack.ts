import { Service } from "@pulumi/kubernetes/core/v1/service";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole";
import { ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1/clusterRoleBinding";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import { protectedBy } from "../deletion";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { alertmanager } from "./alertmanager";
import { elastic } from "./elastic";
import { logsRetention } from "./elastic-retention";
import { grafana } from "./grafana";
import { telemetryCharts } from "./prometheus-charts";
import {
  GLOBAL,
  METRICS_PORT,
  metricsService,
  partMaker,
  peerAnnotations,
  peerHost,
  peerServiceSpec,
  REGIONAL,
  type TelemetryPart,
} from "./prometheus-names";
import { platformGroups } from "./prometheus-platform-rules";
import { regionalGroups } from "./prometheus-rules";
import { prometheusScrapes } from "./prometheus-scrapes";
import { telemetrySecrets } from "./prometheus-secrets";
import { PLATFORM_SCOPE, prometheusServers } from "./prometheus-servers";
import { tracing } from "./tracing";

/** A region's metrics, logs, traces, dashboards and alerts; see the spec for what it shares with the others. */
export class PrometheusStack extends ComponentResource {
  /** What is watched waits for these. */
  readonly ready: readonly Resource[];
  readonly #spec: PrometheusStackSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: PrometheusStackSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:telemetry:PrometheusStack", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, spec.name);
    const secrets = telemetrySecrets(spec, this.#labels, setting.context, { parent: this });
    const charts = telemetryCharts(spec, { parent: this });
    const rights = this.#prometheusRights();
    const dependsOn = [...secrets, ...charts, ...rights];
    const made = parts(spec, setting).map((part) => this.#part(part, setting, dependsOn));
    this.#services();
    logsRetention(spec, this.#labels, { parent: this, dependsOn: made });
    this.ready = made;
    this.registerOutputs({ namespace: spec.namespace, regions: [...spec.regions] });
  }

  #part({ key, object, stateful }: TelemetryPart, { context }: KubernetesSetting, dependsOn: Resource[]) {
    const { deletion, name } = this.#spec;
    const protect = stateful === true && protectedBy(deletion, context);
    return customObject(`${name}-${key}`, object, { parent: this, dependsOn, protect });
  }

  #metadata(name: string) {
    return { name, namespace: this.#spec.namespace, labels: { ...this.#labels } };
  }

  /** What scraping needs: to read what there is, and the kubelets' numbers. */
  #prometheusRights(): readonly Resource[] {
    const { name, namespace } = this.#spec;
    const own = { parent: this };
    const account = new ServiceAccount(`${name}-prometheus`, { metadata: this.#metadata("prometheus") }, own);
    const metadata = { name: `${namespace}-prometheus`, labels: { ...this.#labels } };
    const read = (apiGroups: string[], resources: string[]) => ({
      apiGroups,
      resources,
      verbs: ["get", "list", "watch"],
    });
    const rules = [
      read([""], ["nodes", "nodes/metrics", "services", "endpoints", "pods"]),
      read(["discovery.k8s.io"], ["endpointslices"]),
      { nonResourceURLs: ["/metrics", "/metrics/cadvisor"], verbs: ["get"] },
    ];
    const role = new ClusterRole(`${name}-prometheus`, { metadata, rules }, own);
    const binding = new ClusterRoleBinding(
      `${name}-prometheus`,
      {
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: metadata.name },
        subjects: [{ kind: "ServiceAccount", name: "prometheus", namespace }],
      },
      own,
    );
    return [account, role, binding];
  }

  /** Each Prometheus by a name of its own, and the global one from the other regions. */
  #services(): void {
    const { domain, metrics, name, namespace, region } = this.#spec;
    const spec = (server: string) => ({
      selector: { "operator.prometheus.io/name": server },
      ports: [{ name: "web", port: METRICS_PORT, targetPort: "web", protocol: "TCP" }],
    });
    const service = (key: string, metadata: object, body: object): void => {
      new Service(`${name}-${key}`, { metadata, spec: body }, { parent: this });
    };
    service("metrics", this.#metadata(metricsService(REGIONAL)), spec(REGIONAL));
    if (!metrics.aggregated) return;
    service("metrics-global", this.#metadata(metricsService(GLOBAL)), spec(GLOBAL));
    service(
      "metrics-peers",
      {
        name: "metrics-peers",
        namespace,
        labels: { ...this.#labels },
        annotations: peerAnnotations(peerHost("metrics", region, domain)),
      },
      { ...spec(GLOBAL), ...peerServiceSpec(this.#spec) },
    );
  }
}

/** Every custom resource of the region. */
function parts(spec: PrometheusStackSpec, setting: KubernetesSetting): readonly TelemetryPart[] {
  const make = partMaker(spec, setting);
  const { platform, context } = setting;
  const rule = ["monitoring.coreos.com/v1", "PrometheusRule"] as const;
  return [
    ...prometheusServers(spec, platform, make),
    ...prometheusScrapes(spec, make),
    make("rules", rule, "region", { groups: regionalGroups(spec) }),
    ...(spec.metrics.aggregated
      ? [
          make(
            "platform-rules",
            rule,
            "platform",
            { groups: platformGroups(spec) },
            { labels: PLATFORM_SCOPE },
          ),
        ]
      : []),
    ...alertmanager(spec, context.secret(spec.alerting.smtp.user), make),
    ...elastic(spec, make),
    ...tracing(spec, platform, make),
    ...grafana(spec, platform, make),
  ];
}
