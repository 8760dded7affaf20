import type { AppsDeploymentSpec } from "../../../automation/fleet/specs/kubernetes/apps";
import { AppsDeployment } from "../../../components/apps/deployment";
import { Namespaces } from "../../../components/kubernetes/namespaces";
import { MongodbCommunity } from "../../../components/mongodb/community";
import { communitySpec } from "../../../components/mongodb/community-manifest";
import { WorkspaceNamespaces } from "../../../components/workspaces/namespaces";
import { context, find, outline, registered, type Registered } from "../registered";
import { appsSpec, mongodbSpec, namespacesSpec, workspacesSpec } from "./example-specs";

const setting = { platform: "openova", region: "india", context: context() };
const apps = (spec: AppsDeploymentSpec) => registered(() => new AppsDeployment(spec, setting));

describe("connection strings", () => {
  test("write to the writer, read nearby, and are secret", async () => {
    const { inputs, secrets } = find(await apps(appsSpec("india")), "apps-connections");
    const at = "?sslmode=verify-full&sslrootcert=/etc/meridian/trust/postgres.crt";
    const hosts = [0, 1, 2, 3, 4].map(
      (n) => `mongodb-global-${String(n)}.mongodb-global-svc.databases.svc:27017`,
    );
    expect(inputs["stringData"]).toEqual({
      DATABASE_PRIMARY_URL: `postgresql://app:postgres-app-password-value@pg-europe.openova.io:5432/app${at}`,
      DATABASE_REPLICA_URL: `postgresql://app:postgres-app-password-value@postgresql-india-r.databases.svc:5432/app${at}`,
      MONGODB_URI:
        `mongodb://app:mongodb-app-password-value@${hosts.join(",")}/app?replicaSet=mongodb-global&authSource=admin` +
        "&w=majority&readPreference=nearest&readPreferenceTags=region:india&readPreferenceTags=&tls=false",
    });
    expect(secrets).toContain("stringData");
  });

  test("a password with reserved characters stays one password", async () => {
    const odd = { ...context(), secret: () => context().secret({ secret: "p@ss/w:rd" }) };
    const all = await registered(() => new AppsDeployment(appsSpec(), { ...setting, context: odd }));
    const data = find(all, "apps-connections").inputs["stringData"] as Record<string, string>;
    expect(new URL(data["DATABASE_PRIMARY_URL"] ?? "").password).toBe("p%40ss%2Fw%3Ard-value");
  });
});

describe("a deployment", () => {
  const podOf = (all: readonly Registered[]) =>
    (find(all, "apps-api", "Deployment").inputs["spec"] as { template: { metadata: object; spec: object } })
      .template;

  test("gives pods their region, connections, probes and spread", async () => {
    const variable = (name: string) => ({
      name,
      valueFrom: { secretKeyRef: { name: "apps-connections", key: name } },
    });
    const probe = { httpGet: { path: "/health", port: "http" }, timeoutSeconds: 5 };
    expect(podOf(await apps(appsSpec("india"))).spec).toEqual({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { "app.kubernetes.io/name": "api" } },
        },
      ],
      containers: [
        {
          name: "api",
          image: "ghcr.io/openova/api:1.0.0",
          ports: [{ name: "http", containerPort: 8080 }],
          env: [
            { name: "REGION", value: "india" },
            variable("DATABASE_PRIMARY_URL"),
            variable("DATABASE_REPLICA_URL"),
            variable("MONGODB_URI"),
          ],
          resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "256Mi" } },
          readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
          livenessProbe: { ...probe, periodSeconds: 30, failureThreshold: 6 },
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
          volumeMounts: [{ name: "trust", mountPath: "/etc/meridian/trust", readOnly: true }],
        },
      ],
      volumes: [{ name: "trust", secret: { secretName: "apps-trust" } }],
    });
  });

  test("restarts pods when the writer moves", async () => {
    const spec = appsSpec();
    const primary = { host: "pg-india.openova.io", port: 5432 };
    const { postgres } = spec;
    if (postgres === undefined) throw new RangeError("the example has PostgreSQL");
    const before = podOf(await apps(spec)).metadata;
    expect(podOf(await apps({ ...spec, postgres: { ...postgres, primary } })).metadata).not.toEqual(before);
    expect(podOf(await apps(spec)).metadata).toEqual(before);
  });

  test.each([
    { name: "one fixed replica", minimum: 1, maximum: 1, hosts: [], kinds: ["Deployment", "Service"] },
    {
      name: "two to four replicas with a host",
      minimum: 2,
      maximum: 4,
      hosts: ["api.openova.io"],
      kinds: ["Deployment", "HorizontalPodAutoscaler", "Ingress", "PodDisruptionBudget", "Service"],
    },
  ])("$name: $kinds", async ({ minimum, maximum, hosts, kinds }) => {
    const spec = appsSpec();
    const services = spec.services.map((service) => ({ ...service, hosts, replicas: { minimum, maximum } }));
    const all = await apps({ ...spec, services });
    const ofApi = all.filter(({ name }) => name === "apps-api").map(({ type }) => type.split(":").at(-1));
    expect(ofApi.sort()).toEqual(kinds);
  });
});

describe("MongoDB", () => {
  test("has the document's five members, votes, priorities and tags", () => {
    const { members, memberConfig, version, type } = communitySpec(mongodbSpec());
    const member = (region: string, priority: string) => ({ votes: 1, priority, tags: { region } });
    expect({ members, memberConfig, version, type }).toEqual({
      members: 5,
      version: "7.0.5",
      type: "ReplicaSet",
      memberConfig: [
        member("europe", "10"),
        member("europe", "9"),
        member("europe", "8"),
        member("india", "5"),
        member("india", "4"),
      ],
    });
  });

  test("has the three of Europe in a single region", () => {
    expect(communitySpec(mongodbSpec("single")).memberConfig).toHaveLength(3);
  });

  test("shows each member to other regions by its own name", async () => {
    const spec = mongodbSpec();
    const members = spec.members.map((member, ordinal) => ({
      ...member,
      endpoint: { host: `mongodb-${String(ordinal)}.openova.io`, port: 27017 },
    }));
    const all = await registered(() => new MongodbCommunity({ ...spec, members }, setting));
    expect(
      (find(all, "mongodb-replica-set").inputs["spec"] as Record<string, unknown>)["replicaSetHorizons"],
    ).toEqual([0, 1, 2, 3, 4].map((n) => ({ external: `mongodb-${String(n)}.openova.io:27017` })));
    expect(find(all, "mongodb-endpoint-4").inputs["spec"]).toEqual({
      type: "LoadBalancer",
      selector: { "statefulset.kubernetes.io/pod-name": "mongodb-global-4" },
      ports: [{ name: "mongodb", port: 27017, targetPort: 27017, protocol: "TCP" }],
    });
  });
});

describe("namespaces", () => {
  test("admit whom they name and nobody else", async () => {
    const all = await registered(() => new Namespaces(namespacesSpec(), setting));
    const from = (name: string) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
    });
    expect(find(all, "namespaces-databases-ingress").inputs["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [
        { from: [{ podSelector: {} }, from("apps"), from("cnpg-system")] },
        { ports: [{ protocol: "TCP", port: 5432 }] },
      ],
    });
  });

  test("of workspaces have a quota and the strictest standard", async () => {
    const all = await registered(() => new WorkspaceNamespaces(workspacesSpec(["acme"]), setting));
    expect(outline(all)).toEqual([
      "kubernetes:core/v1:Namespace workspaces-europe-000-acme < workspaces-europe-000",
      "kubernetes:core/v1:ResourceQuota workspaces-europe-000-acme-quota < workspaces-europe-000",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy workspaces-europe-000-acme-ingress < workspaces-europe-000",
      "meridian:workspaces:Namespaces workspaces-europe-000",
    ]);
    expect(find(all, "workspaces-europe-000-acme").inputs["metadata"]).toEqual({
      name: "ws-acme",
      labels: {
        "app.kubernetes.io/managed-by": "meridian",
        "app.kubernetes.io/name": "workspace",
        "app.kubernetes.io/part-of": "openova",
        "meridian.dev/region": "india",
        "meridian.dev/workspace": "acme",
        "pod-security.kubernetes.io/enforce": "restricted",
      },
    });
    expect(find(all, "workspaces-europe-000-acme-quota").inputs["spec"]).toEqual({
      hard: {
        "requests.cpu": "4",
        "requests.memory": "8Gi",
        "limits.memory": "8Gi",
        "requests.storage": "50Gi",
        pods: "50",
      },
    });
  });

  test("adding a workspace changes no other's resources", async () => {
    const build = (names: readonly string[]) =>
      registered(() => new WorkspaceNamespaces(workspacesSpec(names), setting));
    const before = (await build(["acme", "globex"])).filter(({ custom }) => custom);
    const after = await build(["acme", "fresh", "globex"]);
    expect(before.every((one) => after.some((other) => JSON.stringify(other) === JSON.stringify(one)))).toBe(
      true,
    );
  });
});
