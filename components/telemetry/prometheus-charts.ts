/** The maintained operators a region's telemetry runs on, by their official charts at pinned versions. */
import { Release } from "@pulumi/kubernetes/helm/v3/release";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { PrometheusStackSpec } from "../../automation/fleet/specs/kubernetes/telemetry";
import { BLACKBOX } from "./prometheus-scrapes";

interface Chart {
  readonly key: string;
  readonly chart: string;
  readonly version: string;
  /** Absent when `chart` is an OCI address. */
  readonly repository?: string;
  readonly values: object;
}

const PROMETHEUS_COMMUNITY = "https://prometheus-community.github.io/helm-charts";

const OPERATORS: readonly Chart[] = [
  {
    key: "prometheus-operator",
    chart: "kube-prometheus-stack",
    version: "76.5.1",
    repository: PROMETHEUS_COMMUNITY,
    // The servers are custom resources of ours: the chart brings the operator, its definitions, the exporters of
    // nodes and objects, and the rules for Kubernetes itself. EKS hides what its control plane runs.
    values: {
      fullnameOverride: "monitoring",
      prometheus: { enabled: false },
      alertmanager: { enabled: false },
      grafana: { enabled: false },
      kubeControllerManager: { enabled: false },
      kubeScheduler: { enabled: false },
      kubeEtcd: { enabled: false },
      kubeProxy: { enabled: false },
      defaultRules: {
        create: true,
        rules: {
          alertmanager: false,
          etcd: false,
          kubeControllerManager: false,
          kubeProxy: false,
          kubeSchedulerAlerting: false,
          kubeSchedulerRecording: false,
        },
      },
    },
  },
  {
    key: "elastic-operator",
    chart: "eck-operator",
    version: "3.1.0",
    repository: "https://helm.elastic.co",
    values: { podMonitor: { enabled: true } },
  },
  {
    key: "opentelemetry-operator",
    chart: "opentelemetry-operator",
    version: "0.90.3",
    repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
    values: {
      manager: {
        collectorImage: { repository: "otel/opentelemetry-collector-contrib" },
        // The operator gives each collector the rights its own processors need.
        createRbacPermissions: true,
      },
      admissionWebhooks: { certManager: { enabled: false }, autoGenerateCert: { enabled: true } },
    },
  },
  {
    key: "grafana-operator",
    chart: "oci://ghcr.io/grafana/helm-charts/grafana-operator",
    version: "v5.18.0",
    values: { serviceMonitor: { enabled: true } },
  },
];

const PROBER: Chart = {
  key: "blackbox-exporter",
  chart: "prometheus-blackbox-exporter",
  version: "9.5.0",
  repository: PROMETHEUS_COMMUNITY,
  values: {
    fullnameOverride: BLACKBOX,
    config: {
      modules: {
        http_2xx: {
          prober: "http",
          timeout: "5s",
          http: { preferred_ip_protocol: "ip4", follow_redirects: false, fail_if_not_ssl: true },
        },
      },
    },
  },
};

/** Registers each as one release of its own; custom resources wait for all of them. */
export function telemetryCharts(
  { name, namespace, probes }: PrometheusStackSpec,
  opts: CustomResourceOptions,
): readonly Release[] {
  const charts = probes.length === 0 ? OPERATORS : [...OPERATORS, PROBER];
  return charts.map(
    ({ key, chart, version, repository, values }) =>
      new Release(
        `${name}-${key}`,
        {
          name: key,
          namespace,
          chart,
          version,
          ...(repository === undefined ? {} : { repositoryOpts: { repo: repository } }),
          values,
          // A release that fails leaves nothing half installed.
          atomic: true,
          timeout: 600,
        },
        opts,
      ),
  );
}
