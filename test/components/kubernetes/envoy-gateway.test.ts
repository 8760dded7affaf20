import type { EnvoyGatewaySpec } from "../../../automation/fleet/specs/kubernetes/gateway";
import { EnvoyGateway } from "../../../components/gateway/envoy";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context, find, outline, registered } from "../registered";
import { changed, edenComponent, edenInput } from "./eden";

const build = (spec: EnvoyGatewaySpec) =>
  registered(() => new EnvoyGateway(spec, { platform: "eden", region: spec.region, context: context() }));
const east = () => edenComponent("gateway/envoy");
const HOST = "api-gateway.eden.svc.cluster.local";
const CANARY = "api-gateway-canary.eden.svc.cluster.local";

describe("the API gateway of eden", () => {
  test("answers to the region's name and the global one, over TLS that renews itself", async () => {
    const all = await build(east());
    expect(find(all, "gateway-certificate").inputs["spec"]).toEqual({
      secretName: "gateway-tls",
      dnsNames: ["api.us-east-1.eden.example.com", "api.eden.example.com"],
      duration: "2160h",
      renewBefore: "720h",
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      issuerRef: { name: "gateway-acme", kind: "Issuer" },
    });
    expect(find(all, "gateway-issuer").inputs["spec"]).toMatchObject({
      acme: {
        email: "operations@eden.example.com",
        solvers: [
          { selector: { dnsZones: ["eden.example.com"] }, dns01: { route53: { region: "us-east-1" } } },
        ],
      },
    });
    expect(find(all, "gateway-listener").inputs["spec"]).toEqual({
      selector: { istio: "api-gateway" },
      servers: [
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          tls: { mode: "SIMPLE", credentialName: "gateway-tls", minProtocolVersion: "TLSV1_2" },
          hosts: ["*"],
        },
      ],
    });
  });

  test.each([0, 20, 100])("sends %i % of the requests to the canary", async (percent) => {
    const { http } = find(await build({ ...east(), canary: { percent } }), "gateway-api").inputs["spec"] as {
      http: readonly unknown[];
    };
    expect(http).toEqual([
      {
        name: "health",
        match: [{ uri: { exact: "/health" } }],
        timeout: "5s",
        route: [{ destination: { host: HOST, port: { number: 80 }, subset: "us-east-1" } }],
      },
      {
        name: "api",
        timeout: "5s",
        retries: {
          attempts: 3,
          retryOn: "connect-failure,refused-stream,unavailable",
          retryRemoteLocalities: true,
        },
        headers: { request: { set: { "x-served-region": "us-east-1" } } },
        route: [
          { destination: { host: HOST, port: { number: 80 } }, weight: 100 - percent },
          { destination: { host: CANARY, port: { number: 80 } }, weight: percent },
        ],
      },
    ]);
  });

  test("the canary's Service reaches the canary's pods alone", async () => {
    const { metadata, spec } = find(await build(east()), "gateway-canary", "Service").inputs as Record<
      string,
      object
    >;
    expect(metadata).toMatchObject({ name: "api-gateway-canary", namespace: "eden" });
    expect(spec).toEqual({
      selector: { "app.kubernetes.io/name": "api-gateway-canary" },
      ports: [{ name: "http", port: 80, targetPort: "http" }],
    });
  });

  test("a step of the canary moves its route alone", async () => {
    const [before, after] = [await build(east()), await build({ ...east(), canary: { percent: 20 } })];
    expect(changed(before, after)).toEqual(["VirtualService gateway-api"]);
  });

  test("asks its own region first, in turns, and stops asking an endpoint that fails", async () => {
    expect(find(await build(east()), "gateway-upstream").inputs["spec"]).toMatchObject({
      host: HOST,
      exportTo: ["."],
      trafficPolicy: {
        loadBalancer: {
          simple: "ROUND_ROBIN",
          localityLbSetting: { enabled: true, failoverPriority: ["topology.istio.io/network"] },
        },
        connectionPool: {
          tcp: { maxConnections: 1024, connectTimeout: "1s" },
          http: { http1MaxPendingRequests: 256, http2MaxRequests: 1024, maxRetries: 10 },
        },
        outlierDetection: { consecutive5xxErrors: 5 },
      },
    });
  });

  test("checks /health every 30 seconds", async () => {
    const { configPatches } = find(await build(east()), "gateway-health-checks").inputs["spec"] as {
      configPatches: readonly { match: unknown; patch: unknown }[];
    };
    expect(configPatches.map(({ match, patch }) => ({ match, patch }))).toEqual([
      {
        match: { context: "GATEWAY", cluster: { service: HOST, portNumber: 80 } },
        patch: {
          operation: "MERGE",
          value: {
            health_checks: [
              {
                interval: "30s",
                timeout: "5s",
                unhealthy_threshold: 3,
                healthy_threshold: 2,
                http_health_check: { path: "/health" },
              },
            ],
          },
        },
      },
    ]);
  });

  test("counts the region's quota by itself and the global one with the other region", async () => {
    const quotas = async (region: "us-east-1" | "us-west-2") => {
      const all = await build(edenComponent("gateway/envoy", region));
      const data = find(all, "gateway-rate-limit", "ConfigMap").inputs["data"] as Record<string, string>;
      return JSON.parse(data["config.yaml"] ?? "") as unknown;
    };
    const quota = (value: string, requests: number) => ({
      key: "quota",
      value,
      rate_limit: { unit: "second", requests_per_unit: requests },
    });
    const domain = "api-gateway";
    expect(await quotas("us-east-1")).toEqual({
      domain,
      descriptors: [quota("region-us-east-1", 1000), quota("global", 2000)],
    });
    expect(await quotas("us-west-2")).toEqual({
      domain,
      descriptors: [quota("region-us-west-2", 1000), quota("global", 2000)],
    });
    const filter = JSON.stringify(find(await build(east()), "gateway-rate-limits").inputs["spec"]);
    for (const value of ["region-us-east-1", "global"]) {
      expect(filter).toContain(`"descriptor_key":"quota","descriptor_value":"${value}"`);
    }
    expect(filter).toContain('"cluster_name":"outbound|8081||gateway-rate-limit.gateway.svc.cluster.local"');
  });

  test("the rate limiter is nobody's root, writes nothing and keeps its password secret", async () => {
    const all = await build(east());
    const { template } = find(all, "gateway-rate-limit", "Deployment").inputs["spec"] as {
      template: { spec: { securityContext: unknown; containers: readonly Record<string, unknown>[] } };
    };
    const [container] = template.spec.containers;
    expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(container?.["securityContext"]).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(container?.["env"]).toEqual(
      expect.arrayContaining([
        { name: "REDIS_URL", value: "redis.us-east-1.eden.internal:6379" },
        { name: "REDIS_TLS", value: "true" },
        {
          name: "REDIS_AUTH",
          valueFrom: { secretKeyRef: { name: "gateway-rate-limit", key: "password" } },
        },
      ]),
    );
    expect(find(all, "gateway-rate-limit", "Secret").secrets).toEqual(["stringData"]);
  });

  test.each([
    { name: "correlation ids", edit: ["correlationIds: true", "correlationIds: false"] as const, gone: 1 },
    { name: "distributed limits", edit: ["distributed: true", "distributed: false"] as const, gone: 7 },
  ])("without $name their resources are not there", async ({ edit, gone }) => {
    const all = await build(edenComponent("gateway/envoy", "us-east-1", edenInput(edit)));
    expect(outline(await build(east())).length - outline(all).length).toBe(gone);
  });

  test("without circuit breaking an endpoint is never taken out", async () => {
    const input = edenInput(["circuitBreaking: true", "circuitBreaking: false"]);
    const all = await build(edenComponent("gateway/envoy", "us-east-1", input));
    expect(JSON.stringify(find(all, "gateway-upstream").inputs)).not.toMatch(/connectionPool|outlier/);
  });
});

describeWithSchemas("the gateway's definitions", () => {
  test("refuse what they do not know", async () => {
    const { inputs } = find(await build(east()), "gateway-upstream");
    const spec = { ...(inputs["spec"] as object), circuitBreaker: {} };
    expect(violations({ ...inputs, spec })).toEqual(['/spec: unknown field "circuitBreaker"']);
  });
});
