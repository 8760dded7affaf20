/** The services of portarium, region by region, as its manifests have them: exact children, valid resources. */
import { natsValues } from "../../../components/messaging/nats-values";
import { trustOf } from "../../../components/messaging/claims";
import { ALLOWED_ATTRIBUTES } from "../../../components/telemetry/otel-redaction";
import { temporalValues } from "../../../components/workflow/temporal-values";
import { buildStack } from "../../../components/program";
import { componentOf, inputOf, stackWith } from "../../fleet/portarium";
import type { KubernetesComponentSpec } from "../../../automation/fleet/specs/kubernetes";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context, find, outline, registered, type Registered } from "../registered";

const input = inputOf();
const KINDS = ["workflow/temporal", "messaging/nats-jetstream", "telemetry/otel-collector"] as const;

const build = (
  region: string,
  components: readonly KubernetesComponentSpec[],
  target?: "sandbox" | "cloud",
) => registered(() => buildStack(stackWith(input, region, components), context(target)));
const service = (region: string, kind: (typeof KINDS)[number]) =>
  build(region, [componentOf(input, region, kind)]);

/** What the API server checks against a definition: neither its own kinds nor Helm's. */
const isCustom = ({ inputs }: Registered): boolean =>
  /^[a-z0-9-]+(\.[a-z0-9-]+)+\//.test(String(inputs["apiVersion"])) &&
  !String(inputs["apiVersion"]).includes(".k8s.io/");

const valueAt = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (found, key) => (found as Readonly<Record<string, unknown>> | undefined)?.[key],
    value,
  );

describeWithSchemas("custom resources against their definitions", () => {
  test.each(
    input.regions.flatMap(({ name }) =>
      KINDS.map((kind) => ({ name: `${name}: ${kind}`, region: name, kind })),
    ),
  )("$name", async ({ region, kind }) => {
    const objects = (await service(region, kind)).filter(isCustom).map(({ inputs }) => inputs);
    expect(objects.length).toBeGreaterThan(1);
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
  });
});

describe("children", () => {
  test("Temporal", async () => {
    expect(outline(await service("eu-central", "workflow/temporal"))).toEqual([
      "kubernetes:batch/v1:Job workflow-connect < workflow",
      "kubernetes:cert-manager.io/v1:Certificate workflow-temporal-frontend-tls < workflow",
      "kubernetes:cert-manager.io/v1:Certificate workflow-temporal-internode-tls < workflow",
      "kubernetes:cert-manager.io/v1:Issuer workflow-issuer < workflow",
      "kubernetes:core/v1:Secret workflow-authority < workflow",
      "kubernetes:helm.sh/v3:Release workflow-release < workflow",
      "kubernetes:postgresql.cnpg.io/v1:Database workflow-visibility < workflow",
      "meridian:workflow:Temporal workflow",
      "pulumi:providers:kubernetes eu-central",
    ]);
  });

  test.each([
    { region: "eu-central", streams: 1 },
    { region: "us-west", streams: 1 },
  ])("NATS of $region", async ({ region }) => {
    expect(outline(await service(region, "messaging/nats-jetstream"))).toEqual(
      [
        "kubernetes:cert-manager.io/v1:Certificate messaging-nats-tls < messaging",
        "kubernetes:cert-manager.io/v1:Issuer messaging-issuer < messaging",
        "kubernetes:core/v1:Secret messaging-authority < messaging",
        "kubernetes:core/v1:Secret messaging-platform < messaging",
        "kubernetes:core/v1:Secret messaging-storage < messaging",
        "kubernetes:core/v1:Secret messaging-system < messaging",
        "kubernetes:helm.sh/v3:Release messaging-controller < messaging",
        "kubernetes:helm.sh/v3:Release messaging-servers < messaging",
        "kubernetes:jetstream.nats.io/v1beta2:Account messaging-account < messaging",
        "kubernetes:jetstream.nats.io/v1beta2:Stream messaging-stream-workspace-events < messaging",
        "meridian:messaging:NatsJetstream messaging",
        `pulumi:providers:kubernetes ${region}`,
      ].sort(),
    );
  });

  test("the collectors", async () => {
    expect(outline(await service("us-east", "telemetry/otel-collector"))).toEqual([
      "kubernetes:cert-manager.io/v1:Certificate telemetry-otel-tls < telemetry",
      "kubernetes:cert-manager.io/v1:Issuer telemetry-issuer < telemetry",
      "kubernetes:core/v1:Secret telemetry-authority < telemetry",
      "kubernetes:opentelemetry.io/v1beta1:OpenTelemetryCollector telemetry-collectors < telemetry",
      "meridian:telemetry:OtelCollector telemetry",
      "pulumi:providers:kubernetes us-east",
    ]);
  });

  test("what holds data is protected in the cloud, and only there", async () => {
    const components = KINDS.map((kind) => componentOf(input, "eu-central", kind));
    const guarded = async (target: "sandbox" | "cloud") =>
      (await build("eu-central", components, target))
        .filter(({ protect }) => protect)
        .map(({ name }) => name);
    expect(await guarded("sandbox")).toEqual([]);
    expect((await guarded("cloud")).sort()).toEqual([
      "messaging-controller",
      "messaging-servers",
      "messaging-stream-workspace-events",
      "workflow-release",
      "workflow-visibility",
    ]);
  });

  test("keys and credentials are secrets everywhere", async () => {
    const all = await service("eu-north", "messaging/nats-jetstream");
    expect(find(all, "messaging-servers").secrets).toEqual(["values"]);
    for (const name of ["authority", "platform", "storage", "system"]) {
      expect(find(all, `messaging-${name}`).secrets).toEqual(["stringData"]);
    }
  });
});

describe("Temporal's values", () => {
  const spec = componentOf(input, "eu-north", "workflow/temporal");
  const values = temporalValues(spec);

  test("the cluster among the others", () => {
    expect(values.server.config.clusterMetadata).toEqual({
      enableGlobalNamespace: true,
      failoverVersionIncrement: 1_000_000,
      masterClusterName: "eu-central",
      currentClusterName: "eu-north",
      clusterInformation: {
        "eu-north": {
          enabled: true,
          initialFailoverVersion: 497_903,
          rpcName: "frontend",
          rpcAddress: "temporal.eu-north.portarium.example:7233",
        },
      },
    });
  });

  test("its history: 512 shards in a database of its own, by name and certificate", () => {
    const { persistence } = values.server.config;
    expect(persistence.numHistoryShards).toBe(512);
    expect(persistence.datastores.default.sql).toEqual({
      createDatabase: false,
      manageSchema: true,
      pluginName: "postgres12",
      driverName: "postgres12",
      databaseName: "temporal",
      connectAddr: "temporal-eu-north-rw.temporal.svc:5432",
      connectProtocol: "tcp",
      user: "temporal",
      existingSecret: "temporal-eu-north-owner",
      secretKey: "password",
      maxConns: 20,
      maxIdleConns: 20,
      maxConnLifetime: "1h",
      tls: {
        enabled: true,
        caFile: "/etc/temporal/database/ca.crt",
        enableHostVerification: true,
        serverName: "temporal-eu-north-rw.temporal.svc",
      },
    });
    expect(persistence.datastores.visibility.sql.databaseName).toBe("temporal_visibility");
  });

  test("who asks shows a certificate, and who is asked one for the name it was asked by", () => {
    const { frontend, internode, remoteClusters } = values.server.config.tls;
    expect([frontend.server.requireClientAuth, internode.server.requireClientAuth]).toEqual([true, true]);
    expect(remoteClusters).toEqual({
      "temporal.eu-central.portarium.example": {
        server: {
          certFile: "/etc/temporal/frontend/tls.crt",
          keyFile: "/etc/temporal/frontend/tls.key",
        },
        client: {
          serverName: "temporal.eu-central.portarium.example",
          rootCaFiles: ["/etc/temporal/frontend/ca.crt"],
        },
      },
    });
  });

  test("only a cluster that others reach has an address outside", () => {
    expect(values.server.frontend.service.type).toBe("LoadBalancer");
    expect(temporalValues({ ...spec, remotes: [] }).server.frontend.service.type).toBe("ClusterIP");
  });
});

describe("NATS's values", () => {
  const trust = trustOf("a secret", "portarium");
  const configOf = (region: string) =>
    natsValues(componentOf(input, region, "messaging/nats-jetstream"), trust).config;

  test("three servers, files encrypted on disks of their own, and a domain", () => {
    const { cluster, jetstream } = configOf("eu-central");
    expect(cluster).toMatchObject({ enabled: true, replicas: 3, merge: { name: "eu-central" } });
    expect(jetstream).toEqual({
      enabled: true,
      fileStore: {
        enabled: true,
        pvc: { enabled: true, size: "20Gi", storageClassName: "hcloud-volumes" },
      },
      merge: { domain: "eu-central", cipher: "chachapoly", key: "<< $JETSTREAM_KEY >>" },
    });
  });

  test("a region that writes listens for gateways and leaf nodes", () => {
    const { gateway, leafnodes } = configOf("eu-central");
    const tls = { enabled: true, secretName: "nats-tls", merge: { verify: true } };
    expect(gateway).toEqual({
      enabled: true,
      port: 7222,
      tls,
      merge: { name: "eu-central", reject_unknown_cluster: true },
    });
    expect(leafnodes).toEqual({ enabled: true, port: 7422, tls });
  });

  test("its standby joins it in the platform's account alone", () => {
    const { gateway, leafnodes } = configOf("eu-north");
    expect(gateway).toEqual({ enabled: false });
    expect(valueAt(leafnodes, "merge", "remotes")).toEqual([
      {
        url: "tls://nats.eu-central.portarium.example:7422",
        account: trust.platform.publicKey,
        credentials: "/etc/nats-leaf/nats.creds",
        tls: {
          cert_file: "/etc/nats-certs/leafnodes/tls.crt",
          key_file: "/etc/nats-certs/leafnodes/tls.key",
          ca_file: "/etc/nats-ca-cert/ca.crt",
        },
      },
    ]);
  });

  test("streams: written here, or copied from there", async () => {
    const specOf = async (region: string) =>
      find(await service(region, "messaging/nats-jetstream"), "messaging-stream-workspace-events").inputs[
        "spec"
      ];
    const common = {
      name: "workspace-events",
      account: "platform",
      storage: "file",
      retention: "limits",
      discard: "old",
      compression: "s2",
      replicas: 3,
      duplicateWindow: "2m",
      allowDirect: true,
      preventDelete: true,
    };
    expect(await specOf("eu-central")).toEqual({
      ...common,
      jsDomain: "eu-central",
      subjects: ["workspaces.>"],
    });
    expect(await specOf("eu-north")).toEqual({
      ...common,
      jsDomain: "eu-north",
      sources: [{ name: "workspace-events", externalApiPrefix: "$JS.eu-central.API" }],
    });
  });
});

describe("the collectors' configuration", () => {
  const configOf = async (region: string) =>
    valueAt(
      find(await service(region, "telemetry/otel-collector"), "telemetry-collectors").inputs,
      "spec",
      "config",
    );

  test("in the central backend's jurisdiction: each signal to both, and nothing redacted", async () => {
    const config = await configOf("eu-north");
    expect(valueAt(config, "service", "pipelines")).toEqual({
      "traces/regional": pipeline("regional"),
      "traces/central": pipeline("central"),
      "metrics/regional": pipeline("regional"),
      "metrics/central": pipeline("central"),
    });
    expect(Object.keys(valueAt(config, "processors") as object)).toEqual([
      "batch",
      "memory_limiter",
      "resource",
    ]);
  });

  test("outside of it: what goes to the central backend is redacted, what stays is not", async () => {
    const config = await configOf("us-west");
    expect(valueAt(config, "service", "pipelines")).toEqual({
      "traces/regional": pipeline("regional"),
      "traces/central": pipeline("central", "redaction", "transform/redaction"),
      "metrics/regional": pipeline("regional"),
      "metrics/central": pipeline("central", "redaction"),
    });
    expect(valueAt(config, "processors", "redaction", "allow_all_keys")).toBe(false);
  });

  test("a backend that is away costs disk, not signals", async () => {
    const config = await configOf("eu-central");
    expect(valueAt(config, "exporters", "otlp/central")).toEqual({
      endpoint: "telemetry.portarium.example:4317",
      compression: "gzip",
      tls: {
        cert_file: "/etc/otel/tls/tls.crt",
        key_file: "/etc/otel/tls/tls.key",
        ca_file: "/etc/otel/tls/ca.crt",
        min_version: "1.2",
      },
      retry_on_failure: {
        enabled: true,
        initial_interval: "5s",
        max_interval: "30s",
        max_elapsed_time: "0s",
      },
      sending_queue: {
        enabled: true,
        storage: "file_storage/queue",
        num_consumers: 4,
        queue_size: 10_000,
      },
    });
    expect(valueAt(config, "service", "extensions")).toEqual(["health_check", "file_storage/queue"]);
  });

  test("nothing that names a person is on the list of what may leave", () => {
    const personal =
      /user|client|peer|source|address|email|session|account|customer|tenant|url|uri|query|text|header|cookie|body|message|stacktrace|ip$|host/;
    expect(ALLOWED_ATTRIBUTES.filter((key) => personal.test(key))).toEqual([]);
    expect([...ALLOWED_ATTRIBUTES].sort()).toEqual(ALLOWED_ATTRIBUTES);
  });
});

const pipeline = (backend: string, ...redaction: readonly string[]) => ({
  receivers: ["otlp"],
  processors: ["memory_limiter", "resource", ...redaction, "batch"],
  exporters: [`otlp/${backend}`],
});
