import type { IstioMeshSpec } from "../../../automation/fleet/specs/kubernetes/mesh";
import { IstioMesh } from "../../../components/mesh/istio";
import { edit, filesOf, stacksOf } from "../../fleet/build-manifests";
import { context, find, outline, registered } from "../registered";
import { edenComponent, edenInput } from "./eden";

const build = (spec: IstioMeshSpec) =>
  registered(() => new IstioMesh(spec, { platform: "eden", region: spec.region, context: context() }));
const east = () => edenComponent("mesh/istio");

describe("the mesh of eden", () => {
  test("refuses what is not encrypted", async () => {
    const { inputs } = find(await build(east()), "mesh-mutual-tls");
    expect(inputs["metadata"]).toMatchObject({ name: "default", namespace: "istio-system" });
    expect(inputs["spec"]).toEqual({ mtls: { mode: "STRICT" } });
  });

  test("calls end after five seconds, three retries included, by whichever name", async () => {
    const call = {
      timeout: "5s",
      retries: { attempts: 3, retryOn: "connect-failure,refused-stream,unavailable,reset,503" },
    };
    const host = "vault-service.eden.svc.cluster.local";
    const regional = (region: string) => ({
      name: region,
      match: [{ authority: { prefix: `vault-service.${region}.eden.internal` } }],
      ...call,
      retries: { ...call.retries, retryRemoteLocalities: false },
      route: [{ destination: { host, port: { number: 80 }, subset: region } }],
    });
    expect(find(await build(east()), "mesh-vault-service-route").inputs["spec"]).toEqual({
      hosts: [
        host,
        "vault-service.eden.internal",
        "vault-service.us-east-1.eden.internal",
        "vault-service.us-west-2.eden.internal",
      ],
      http: [
        regional("us-east-1"),
        regional("us-west-2"),
        {
          name: "nearest",
          ...call,
          retries: { ...call.retries, retryRemoteLocalities: true },
          route: [{ destination: { host, port: { number: 80 } } }],
        },
      ],
    });
  });

  test("an endpoint is out after five errors in a row, and another region takes over", async () => {
    expect(find(await build(east()), "mesh-vault-service-destination").inputs["spec"]).toEqual({
      host: "vault-service.eden.svc.cluster.local",
      trafficPolicy: {
        tls: { mode: "ISTIO_MUTUAL" },
        loadBalancer: {
          simple: "LEAST_REQUEST",
          localityLbSetting: {
            enabled: true,
            failoverPriority: ["topology.istio.io/network", "topology.kubernetes.io/zone"],
          },
        },
        outlierDetection: {
          consecutive5xxErrors: 5,
          consecutiveGatewayErrors: 5,
          interval: "10s",
          baseEjectionTime: "30s",
          maxEjectionPercent: 50,
        },
      },
      subsets: ["us-east-1", "us-west-2"].map((region) => ({
        name: region,
        labels: { "topology.istio.io/network": region },
      })),
    });
  });

  test("finds the other region's services under the suffix, through its gateway", async () => {
    const all = await build(east());
    expect(find(all, "mesh-vault-service-names").inputs["spec"]).toEqual({
      hosts: [
        "vault-service.eden.internal",
        "vault-service.us-east-1.eden.internal",
        "vault-service.us-west-2.eden.internal",
      ],
      location: "MESH_INTERNAL",
      resolution: "DNS",
      ports: [{ number: 80, name: "http", protocol: "HTTP" }],
      endpoints: [{ address: "vault-service.eden.svc.cluster.local" }],
    });
    expect(find(all, "mesh-vault-service-us-west-2").inputs["spec"]).toEqual({
      network: "us-west-2",
      locality: "us-west-2",
      labels: { "app.kubernetes.io/name": "vault-service", "security.istio.io/tlsMode": "istio" },
      ports: { http: 8080 },
      serviceAccount: "default",
    });
    expect(find(all, "mesh-cross-network").inputs["spec"]).toEqual({
      selector: { istio: "eastwestgateway" },
      servers: [
        {
          port: { number: 15443, name: "tls", protocol: "TLS" },
          tls: { mode: "AUTO_PASSTHROUGH" },
          hosts: ["*.local"],
        },
      ],
    });
  });

  test("the control plane knows its mesh, cluster, network and the other networks", async () => {
    const { inputs } = find(await build(east()), "mesh-control");
    const { global, meshConfig } = inputs["values"] as Record<string, unknown>;
    expect(global).toEqual({
      meshID: "eden",
      network: "us-east-1",
      multiCluster: { clusterName: "us-east-1" },
      meshNetworks: {
        "us-west-2": {
          endpoints: [{ fromRegistry: "us-west-2" }],
          gateways: [{ address: "mesh.us-west-2.eden.internal", port: 15443 }],
        },
      },
    });
    expect(meshConfig).toEqual({
      enableAutoMtls: true,
      defaultConfig: {
        holdApplicationUntilProxyStarts: true,
        proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" },
        tracing: { sampling: 10 },
      },
      accessLogFile: "/dev/stdout",
      accessLogEncoding: "JSON",
      enableTracing: true,
      extensionProviders: [
        {
          name: "otlp",
          opentelemetry: { service: "traces-collector.telemetry.svc.cluster.local", port: 4317 },
        },
      ],
      defaultProviders: { tracing: ["otlp"] },
    });
  });

  test("charts are Istio's own, pinned to one version, and start in order", async () => {
    const all = await build(east());
    const releases = ["base", "cni", "control", "east-west"].map((key) => find(all, `mesh-${key}`));
    expect(releases.map(({ dependsOn, inputs }) => [inputs["chart"], inputs["version"], dependsOn])).toEqual([
      ["base", "1.26.3", []],
      ["cni", "1.26.3", ["mesh-base"]],
      ["istiod", "1.26.3", ["mesh-authority", "mesh-base", "mesh-cni"]],
      ["gateway", "1.26.3", ["mesh-control"]],
    ]);
  });

  test("trusts one root, whose intermediate it holds as a secret", async () => {
    const { inputs, secrets } = find(await build(east()), "mesh-authority");
    expect({ data: inputs["stringData"], secrets }).toEqual({
      data: {
        "ca-cert.pem": "mesh-ca-certificate-us-east-1-value",
        "ca-key.pem": "mesh-ca-key-us-east-1-value",
        "root-cert.pem": "mesh-root-certificate-value",
        "cert-chain.pem": "mesh-ca-chain-us-east-1-value",
      },
      secrets: ["stringData"],
    });
  });

  test("kept to one region it has no east-west gateway and no foreign endpoints", async () => {
    const input = edenInput(["crossRegion: true, method: dns", "crossRegion: false, method: dns"]);
    const all = outline(await build(edenComponent("mesh/istio", "us-east-1", input)));
    expect(all.filter((line) => /east-west|cross-network|WorkloadEntry/.test(line))).toEqual([]);
  });
});

describe("a mesh on clusters that are there already", () => {
  const mesh = "mesh: { engine: istio, discovery: { suffix: .openova.internal } }";
  const stacks = stacksOf(edit(filesOf("openova"), "  services:\n", `  services:\n    ${mesh}\n`));
  const europe = stacks.find(({ stack }) => stack === "europe");

  test("comes before what joins it, with namespaces of its own", () => {
    expect(europe?.components.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "kubernetes/cluster europe",
      "kubernetes/namespaces namespaces",
      "kubernetes/namespaces mesh-namespaces",
      "mesh/istio mesh",
      "postgres/cnpg postgres",
      "mongodb/community mongodb",
      "apps/deployment apps",
    ]);
    expect(JSON.stringify(europe?.components)).toContain('"istio-injection":"enabled"');
  });

  test("makes no namespace twice", () => {
    const names = (europe?.components ?? []).flatMap((component) =>
      component.kind === "kubernetes/namespaces" ? component.namespaces.map(({ name }) => name) : [],
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
