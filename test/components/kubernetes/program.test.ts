import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import { buildKubernetes } from "../../../components/kubernetes-program";
import { ProgramError } from "../../../components/program-error";
import { context, find, outline, registered } from "../registered";
import { clusterSpec, namespacesSpec, stackSpec, type Phase } from "./example-specs";

const build = (region: "europe" | "india", phase: Phase) =>
  registered(() => buildKubernetes(stackSpec(region, phase), context()));

/** Outline lines that only one of two phases has, `+` for the later one's. */
async function transition(region: "europe" | "india", before: Phase, after: Phase) {
  const [from, to] = [outline(await build(region, before)), outline(await build(region, after))];
  return [
    ...to.filter((line) => !from.includes(line)).map((line) => `+ ${line}`),
    ...from.filter((line) => !to.includes(line)).map((line) => `- ${line}`),
  ];
}

describe("a region's stack", () => {
  test("holds exactly this in Europe with read replicas", async () => {
    expect(outline(await build("europe", "read-replicas"))).toEqual([
      "kubernetes:apps/v1:Deployment apps-api < apps",
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler apps-api < apps",
      "kubernetes:barmancloud.cnpg.io/v1:ObjectStore postgres-backups < postgres",
      "kubernetes:core/v1:Namespace namespaces-apps < namespaces",
      "kubernetes:core/v1:Namespace namespaces-databases < namespaces",
      "kubernetes:core/v1:Secret apps-connections < apps",
      "kubernetes:core/v1:Secret apps-trust < apps",
      "kubernetes:core/v1:Secret mongodb-password < mongodb",
      "kubernetes:core/v1:Secret postgres-backup-credentials < postgres",
      "kubernetes:core/v1:Secret postgres-owner < postgres",
      "kubernetes:core/v1:Secret postgres-replication < postgres",
      "kubernetes:core/v1:Secret postgres-trust < postgres",
      "kubernetes:core/v1:Service apps-api < apps",
      "kubernetes:mongodbcommunity.mongodb.com/v1:MongoDBCommunity mongodb-replica-set < mongodb",
      "kubernetes:monitoring.coreos.com/v1:PodMonitor postgres-metrics < postgres",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule postgres-alerts < postgres",
      "kubernetes:networking.k8s.io/v1:Ingress apps-api < apps",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy namespaces-databases-ingress < namespaces",
      "kubernetes:policy/v1:PodDisruptionBudget apps-api < apps",
      "kubernetes:postgresql.cnpg.io/v1:Cluster postgres-cluster < postgres",
      "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup postgres-backup-schedule < postgres",
      "meridian:apps:Deployment apps",
      "meridian:kubernetes:Namespaces namespaces",
      "meridian:mongodb:Community mongodb",
      "meridian:postgres:Cnpg postgres",
      "pulumi:providers:kubernetes europe",
    ]);
  });

  test("going to read replicas adds only the secrets of replication in Europe", async () => {
    expect(await transition("europe", "single", "read-replicas")).toEqual([
      "+ kubernetes:core/v1:Secret postgres-replication < postgres",
      "+ kubernetes:core/v1:Secret postgres-trust < postgres",
    ]);
  });

  test("going active-active adds publication, subscription and the rules for conflicts", async () => {
    expect(await transition("india", "read-replicas", "active-active")).toEqual([
      "+ kubernetes:batch/v1:Job postgres-conflicts-app < postgres",
      "+ kubernetes:core/v1:ConfigMap postgres-conflict-rules-app < postgres",
      "+ kubernetes:core/v1:ConfigMap postgres-queries < postgres",
      "+ kubernetes:postgresql.cnpg.io/v1:Publication postgres-publication-app < postgres",
      "+ kubernetes:postgresql.cnpg.io/v1:Subscription postgres-from-europe-app < postgres",
    ]);
  });

  test("goes through the cluster's own provider, whose kubeconfig stays secret", async () => {
    const all = await build("europe", "active-active");
    const custom = all.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    expect(new Set(custom.map(({ provider }) => provider))).toEqual(new Set(["europe"]));
    const { inputs, secrets } = find(all, "europe");
    expect({ inputs, secrets }).toEqual({
      inputs: {
        clusterIdentifier: "openova/europe",
        enableServerSideApply: "true",
        kubeconfig: "kubeconfig-europe-value",
      },
      secrets: ["kubeconfig"],
    });
  });

  test("makes namespaces before data, and data before applications", async () => {
    const all = await build("europe", "read-replicas");
    expect(find(all, "postgres-owner").dependsOn).toEqual(["namespaces-apps", "namespaces-databases"]);
    expect(find(all, "apps-api", "Deployment").dependsOn).toEqual([
      "apps-connections",
      "apps-trust",
      "mongodb-replica-set",
      "postgres-cluster",
    ]);
  });

  test.each([
    { name: "sandbox", target: "sandbox" as const, kept: [] },
    { name: "cloud", target: "cloud" as const, kept: ["mongodb-replica-set", "postgres-cluster"] },
  ])("$name: protects $kept", async ({ target, kept }) => {
    const all = await registered(() => buildKubernetes(stackSpec(), context(target)));
    const names = all.filter(({ protect }) => protect).map(({ name }) => name);
    expect(names.sort()).toEqual(kept);
  });
});

describe("a stack no program can be made of", () => {
  const account: ComponentSpec = {
    kind: "cloudflare/account",
    name: "cloudflare",
    apiToken: { secret: "a" },
    accountId: { secret: "b" },
    zoneId: { secret: "c" },
    zone: "openova.io",
  };
  test.each([
    { name: "no cluster", components: [namespacesSpec()], code: "MRD5011" },
    { name: "another provider's component", components: [clusterSpec("europe"), account], code: "MRD5012" },
  ])("$name", async ({ components, code }) => {
    const stack = stackSpec("europe", "single", components);
    const failed = registered(() => buildKubernetes(stack, context()));
    await expect(failed).rejects.toBeInstanceOf(ProgramError);
    await expect(failed).rejects.toMatchObject({ code, stackName: "openova/europe" });
  });
});
