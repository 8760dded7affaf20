import { buildKubernetes } from "../../../components/kubernetes-program";
import { edit } from "../../fleet/build-manifests";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context, find, outline, registered, type Registered } from "../registered";
import { edenFiles, telemetryStack } from "./eden";

const build = (region = "us-east-1", target: "sandbox" | "cloud" = "sandbox", files = edenFiles) =>
  registered(() => buildKubernetes(telemetryStack(region, files), context(target)));

const own = /\.(coreos\.com|elastic\.co|integreatly\.org|io)\//;
const customResources = (all: readonly Registered[]) =>
  all.filter(
    ({ type }) => own.test(type.replace(/^kubernetes:/, "")) && !/networking\.k8s\.io|rbac/.test(type),
  );

const specOf = (all: readonly Registered[], name: string) =>
  find(all, name).inputs["spec"] as Readonly<Record<string, unknown>>;

describe("the telemetry of a region", () => {
  test("holds exactly this", async () => {
    const all = (await build()).filter(({ parent }) => parent === "telemetry");
    expect(outline(all)).toMatchInlineSnapshot(`
      [
        "kubernetes:batch/v1:CronJob telemetry-traces-retention < telemetry",
        "kubernetes:batch/v1:Job telemetry-logs-retention < telemetry",
        "kubernetes:core/v1:Secret telemetry-alert-channels < telemetry",
        "kubernetes:core/v1:Secret telemetry-alert-smtp < telemetry",
        "kubernetes:core/v1:Secret telemetry-grafana-admin < telemetry",
        "kubernetes:core/v1:Secret telemetry-logs-roles < telemetry",
        "kubernetes:core/v1:Secret telemetry-logs-user-keeper < telemetry",
        "kubernetes:core/v1:Secret telemetry-logs-user-shipper < telemetry",
        "kubernetes:core/v1:Secret telemetry-logs-user-tracer < telemetry",
        "kubernetes:core/v1:Secret telemetry-peer-certificate < telemetry",
        "kubernetes:core/v1:Secret telemetry-search-authority < telemetry",
        "kubernetes:core/v1:Service telemetry-metrics < telemetry",
        "kubernetes:core/v1:Service telemetry-metrics-global < telemetry",
        "kubernetes:core/v1:Service telemetry-metrics-peers < telemetry",
        "kubernetes:core/v1:ServiceAccount telemetry-prometheus < telemetry",
        "kubernetes:elasticsearch.k8s.elastic.co/v1:Elasticsearch telemetry-elasticsearch < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:Grafana telemetry-grafana < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDashboard telemetry-dashboard-eden-regions < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDashboard telemetry-dashboard-eden-us-east-1 < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource telemetry-datasource-global < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource telemetry-datasource-logs < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource telemetry-datasource-regional < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaDatasource telemetry-datasource-traces < telemetry",
        "kubernetes:grafana.integreatly.org/v1beta1:GrafanaFolder telemetry-folder < telemetry",
        "kubernetes:helm.sh/v3:Release telemetry-blackbox-exporter < telemetry",
        "kubernetes:helm.sh/v3:Release telemetry-elastic-operator < telemetry",
        "kubernetes:helm.sh/v3:Release telemetry-grafana-operator < telemetry",
        "kubernetes:helm.sh/v3:Release telemetry-opentelemetry-operator < telemetry",
        "kubernetes:helm.sh/v3:Release telemetry-prometheus-operator < telemetry",
        "kubernetes:kibana.k8s.elastic.co/v1:Kibana telemetry-kibana < telemetry",
        "kubernetes:monitoring.coreos.com/v1:Alertmanager telemetry-alertmanager < telemetry",
        "kubernetes:monitoring.coreos.com/v1:PodMonitor telemetry-mesh < telemetry",
        "kubernetes:monitoring.coreos.com/v1:Probe telemetry-probe-global < telemetry",
        "kubernetes:monitoring.coreos.com/v1:Probe telemetry-probe-us-east-1 < telemetry",
        "kubernetes:monitoring.coreos.com/v1:Probe telemetry-probe-us-west-2 < telemetry",
        "kubernetes:monitoring.coreos.com/v1:Prometheus telemetry-global < telemetry",
        "kubernetes:monitoring.coreos.com/v1:Prometheus telemetry-regional < telemetry",
        "kubernetes:monitoring.coreos.com/v1:PrometheusRule telemetry-platform-rules < telemetry",
        "kubernetes:monitoring.coreos.com/v1:PrometheusRule telemetry-rules < telemetry",
        "kubernetes:monitoring.coreos.com/v1:ServiceMonitor telemetry-collectors < telemetry",
        "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig telemetry-alerts < telemetry",
        "kubernetes:opentelemetry.io/v1alpha1:Instrumentation telemetry-instrumentation < telemetry",
        "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector telemetry-jaeger < telemetry",
        "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector telemetry-logs-agent < telemetry",
        "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector telemetry-traces < telemetry",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole telemetry-prometheus < telemetry",
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding telemetry-prometheus < telemetry",
      ]
    `);
  });

  test("everything is parented, and what holds data is protected in the cloud", async () => {
    const all = await build("us-east-1", "cloud");
    const parents = all
      .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
      .map((one) => one.parent);
    expect(new Set(parents)).toEqual(new Set(["telemetry-namespace", "telemetry"]));
    expect(
      all
        .filter(({ protect }) => protect)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([
      "telemetry-alertmanager",
      "telemetry-elasticsearch",
      "telemetry-global",
      "telemetry-regional",
    ]);
  });

  test("charts are pinned, official and waited for", async () => {
    const all = await build();
    const charts = all.filter(({ type }) => type.endsWith(":Release"));
    expect(
      charts.map(({ inputs }) => `${String(inputs["chart"])} ${String(inputs["version"])}`).sort(),
    ).toEqual([
      "eck-operator 3.1.0",
      "kube-prometheus-stack 76.5.1",
      "oci://ghcr.io/grafana/helm-charts/grafana-operator v5.18.0",
      "opentelemetry-operator 0.90.3",
      "prometheus-blackbox-exporter 9.5.0",
    ]);
    expect(find(all, "telemetry-regional").dependsOn).toEqual(
      expect.arrayContaining(charts.map(({ name }) => name)),
    );
  });

  test("secrets are secret, and only they and the SMTP user hold any", async () => {
    const all = await build();
    const holding = all.filter(({ secrets }) => secrets.length > 0).map(({ name }) => name);
    expect(holding.sort()).toEqual([
      "telemetry-alert-channels",
      "telemetry-alert-smtp",
      "telemetry-alerts",
      "telemetry-grafana-admin",
      // The provider takes every Secret's content as one, and roles stand in one.
      "telemetry-logs-roles",
      "telemetry-logs-user-keeper",
      "telemetry-logs-user-shipper",
      "telemetry-logs-user-tracer",
      "telemetry-peer-certificate",
      "telemetry-search-authority",
      "us-east-1",
    ]);
    expect(find(all, "telemetry-alert-channels").inputs["stringData"]).toEqual({
      slack: "slack-webhook-value",
      pagerduty: "pagerduty-routing-key-value",
    });
  });
});

describe("metrics", () => {
  test("stay 30 days, and each region writes its aggregates to both", async () => {
    const spec = specOf(await build("us-west-2"), "telemetry-regional");
    expect({
      retention: spec["retention"],
      labels: spec["externalLabels"],
      replicas: spec["replicas"],
      write: (
        spec["remoteWrite"] as readonly { name: string; url: string; writeRelabelConfigs: unknown }[]
      ).map(({ name, url, writeRelabelConfigs }) => ({ name, url, writeRelabelConfigs })),
    }).toEqual({
      retention: "30d",
      labels: { platform: "eden", region: "us-west-2" },
      replicas: 2,
      write: [
        {
          name: "us-east-1",
          url: "https://metrics.us-east-1.eden.internal:9090/api/v1/write",
          writeRelabelConfigs: [{ sourceLabels: ["__name__"], regex: "region:.+", action: "keep" }],
        },
        {
          name: "us-west-2",
          url: "https://metrics-global.telemetry.svc:9090/api/v1/write",
          writeRelabelConfigs: [{ sourceLabels: ["__name__"], regex: "region:.+", action: "keep" }],
        },
      ],
    });
  });

  test("the global Prometheus scrapes nothing and takes what others write", async () => {
    const spec = specOf(await build(), "telemetry-global");
    expect(Object.keys(spec).filter((key) => key.endsWith("MonitorSelector"))).toEqual([]);
    expect(spec).toMatchObject({
      replicas: 1,
      retention: "30d",
      enableRemoteWriteReceiver: true,
      tsdb: { outOfOrderTimeWindow: "2h" },
      ruleSelector: { matchLabels: { "meridian.dev/alert-scope": "platform" } },
    });
  });

  test("only the other region's network reaches it from outside", async () => {
    const { inputs } = find(await build(), "telemetry-metrics-peers");
    expect(inputs).toMatchObject({
      metadata: {
        annotations: {
          "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
          "external-dns.alpha.kubernetes.io/hostname": "metrics.us-east-1.eden.internal",
        },
      },
      spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.51.0.0/16"] },
    });
  });

  test("synthetic transactions go to the platform and to each region", async () => {
    const probes = (await build()).filter(({ type }) => type.endsWith(":Probe"));
    expect(
      probes.map(
        ({ inputs }) => (inputs["spec"] as { targets: { staticConfig: unknown } }).targets.staticConfig,
      ),
    ).toEqual([
      { static: ["https://api.eden.example.com/health"], labels: { target: "global" } },
      { static: ["https://api.us-east-1.eden.example.com/health"], labels: { target: "us-east-1" } },
      { static: ["https://api.us-west-2.eden.example.com/health"], labels: { target: "us-west-2" } },
    ]);
  });

  test("a platform that wants no aggregation has one Prometheus and no way in", async () => {
    const files = edit(edenFiles, "globalAggregation: true", "globalAggregation: false");
    const names = (await build("us-east-1", "sandbox", files)).map(({ name }) => name);
    expect(names).not.toContain("telemetry-global");
    expect(names).not.toContain("telemetry-metrics-peers");
    expect(names).not.toContain("telemetry-platform-rules");
    expect(names).not.toContain("telemetry-dashboard-eden-regions");
  });
});

describe("logs", () => {
  test("are searched over the peered network, by clusters of one authority", async () => {
    const spec = specOf(await build(), "telemetry-elasticsearch");
    const [nodes] = spec["nodeSets"] as readonly {
      count: number;
      config: Readonly<Record<string, unknown>>;
    }[];
    expect(nodes?.count).toBe(3);
    expect(nodes?.config).toMatchObject({
      "cluster.remote.us-west-2.mode": "proxy",
      "cluster.remote.us-west-2.proxy_address": "search.us-west-2.eden.internal:9300",
      "cluster.remote.us-west-2.server_name": "search.us-west-2.eden.internal",
      "cluster.remote.us-west-2.skip_unavailable": true,
    });
    expect(spec["transport"]).toMatchObject({
      tls: {
        certificate: { secretName: "search-authority" },
        subjectAltNames: [{ dns: "search.us-east-1.eden.internal" }],
      },
      service: { spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["10.51.0.0/16"] } },
    });
  });

  test("stay 14 days, traces too", async () => {
    const all = await build();
    type Pod = { containers: readonly { env: readonly { name: string; value: string }[]; args?: unknown }[] };
    const pod = (specOf(all, "telemetry-logs-retention")["template"] as { spec: Pod }).spec;
    const policy = pod.containers[0]?.env.find(({ name }) => name === "POLICY")?.value ?? "";
    expect(JSON.parse(policy)).toEqual({
      policy: {
        phases: {
          hot: { actions: { rollover: { max_age: "1d", max_primary_shard_size: "50gb" } } },
          delete: { min_age: "14d", actions: { delete: {} } },
        },
      },
    });
    const job = specOf(all, "telemetry-traces-retention")["jobTemplate"] as {
      spec: { template: { spec: Pod } };
    };
    expect(job.spec.template.spec.containers[0]?.args).toEqual([
      "14",
      "https://logs-es-http.telemetry.svc:9200",
    ]);
  });
});

describe("traces", () => {
  test("a tenth of the requests, decided where they enter", async () => {
    const { inputs } = find(await build(), "telemetry-instrumentation");
    expect(inputs).toMatchObject({
      metadata: { namespace: "eden" },
      spec: { sampler: { type: "parentbased_traceidratio", argument: "0.1" } },
    });
  });

  test("one query reads the spans of every region", async () => {
    const config = specOf(await build(), "telemetry-jaeger")["config"];
    expect(config).toMatchObject({
      extensions: {
        jaeger_storage: { backends: { elastic: { elasticsearch: { remote_read_clusters: ["us-west-2"] } } } },
      },
    });
  });
});

describeWithSchemas("custom resources against their definitions", () => {
  test.each(["us-east-1", "us-west-2"])("%s: every one is valid", async (region) => {
    const objects = customResources(await build(region)).map(({ inputs }) => inputs);
    expect([...new Set(objects.map(({ kind }) => String(kind)))].sort()).toEqual([
      "Alertmanager",
      "AlertmanagerConfig",
      "Elasticsearch",
      "Grafana",
      "GrafanaDashboard",
      "GrafanaDatasource",
      "GrafanaFolder",
      "Instrumentation",
      "Kibana",
      "OpenTelemetryCollector",
      "PodMonitor",
      "Probe",
      "Prometheus",
      "PrometheusRule",
      "ServiceMonitor",
    ]);
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
  });
});
