/**
 * @jest-environment ./test/engine/graph/process-environment.ts
 *
 * The three phases of openova are one edit of `topology`: what each step from one to another does, whole.
 */
import { plansIn, stepsOf, transition, type Phase, WATCHED } from "./phases";

const k = (kind: string, name: string): string => `kubernetes:${kind} ${name}`;
const cnpg = (kind: string, name: string): string => k(`postgresql.cnpg.io/v1:${kind}`, name);
const core = (kind: string, name: string): string => k(`core/v1:${kind}`, name);
const create = (names: readonly string[]): readonly string[] => names.map((name) => `+ ${name}`);
const remove = (names: readonly string[]): readonly string[] => names.map((name) => `- ${name}`);
const update = (name: string, ...changed: readonly string[]): string => `~ ${name}: ${changed.join(", ")}`;

/** What opens the databases of Europe to another region. */
const OPENED = [
  ...[0, 1, 2, 3, 4].map((ordinal) => core("Service", `mongodb-endpoint-${ordinal}`)),
  core("Secret", "postgres-replication"),
  core("Secret", "postgres-trust"),
];

/** What of Europe is set anew when it is opened or closed: nothing of it is replaced. */
const RESET = [
  update(k("apps/v1:Deployment", "apps-api"), "spec"),
  update(k("networking.k8s.io/v1:NetworkPolicy", "namespaces-databases-ingress"), "spec"),
  update(k("mongodbcommunity.mongodb.com/v1:MongoDBCommunity", "mongodb-replica-set"), "spec"),
  update(cnpg("Cluster", "postgres-cluster"), "spec"),
];

/** A region that follows. */
const FOLLOWER = [
  "pulumi:providers:kubernetes india",
  "meridian:kubernetes:Namespaces namespaces",
  core("Namespace", "namespaces-apps"),
  core("Namespace", "namespaces-databases"),
  k("networking.k8s.io/v1:NetworkPolicy", "namespaces-apps-ingress"),
  k("networking.k8s.io/v1:NetworkPolicy", "namespaces-databases-ingress"),
  "meridian:postgres:Cnpg postgres",
  ...["backup-credentials", "owner", "replication", "trust"].map((key) => core("Secret", `postgres-${key}`)),
  k("barmancloud.cnpg.io/v1:ObjectStore", "postgres-backups"),
  cnpg("Cluster", "postgres-cluster"),
  cnpg("ScheduledBackup", "postgres-backup-schedule"),
  "meridian:apps:Deployment apps",
  core("Secret", "apps-connections"),
  core("Secret", "apps-trust"),
  core("Service", "apps-api"),
  k("apps/v1:Deployment", "apps-api"),
  k("autoscaling/v2:HorizontalPodAutoscaler", "apps-api"),
  k("networking.k8s.io/v1:Ingress", "apps-api"),
  k("policy/v1:PodDisruptionBudget", "apps-api"),
];

/** What a writer beside another one has besides. */
const besides = (peer: string): readonly string[] => [
  core("ConfigMap", "postgres-conflict-rules-app"),
  core("ConfigMap", "postgres-queries"),
  k("batch/v1:Job", "postgres-conflicts-app"),
  cnpg("Publication", "postgres-publication-app"),
  cnpg("Subscription", `postgres-from-${peer}-app`),
];

const DNS = ["api-in", "mongo-india", "pg-india"].flatMap((host) =>
  [11, 12, 13].map(
    (last) => `cloudflare:index/dnsRecord:DnsRecord dns-${host}.openova.io-a-198.51.100.${last}`,
  ),
);

const POOL = ["cloudflare:index/loadBalancerPool:LoadBalancerPool api-india"];
const STEERING = update("cloudflare:index/loadBalancer:LoadBalancer api", "defaultPools", "popPools");
const INDIAN_APPS = update(k("apps/v1:Deployment", "apps-api"), "spec");
const CLUSTER = update(cnpg("Cluster", "postgres-cluster"), "spec");

interface Expected {
  readonly from: Phase;
  readonly to: Phase;
  readonly why: string;
  readonly stacks: Readonly<Record<string, readonly string[]>>;
  /** Every path of what holds data that changes. */
  readonly data: Readonly<Record<string, readonly string[]>>;
}

const spec = (...paths: readonly string[]): readonly string[] => paths.map((path) => `spec.${path}`);
const MEMBERS = spec("memberConfig", "members", "replicaSetHorizons");
const FOLLOWED = spec("certificates", "externalClusters", "managed", "replica");
/** Commit times need a restart of PostgreSQL: CloudNativePG rolls it, replicas first. */
const WRITES_BESIDE = spec(
  "monitoring",
  "postgresql.parameters.hot_standby_feedback",
  "postgresql.parameters.sync_replication_slots",
  "postgresql.parameters.track_commit_timestamp",
  "postgresql.pg_hba",
);
const SLOTS = spec("replicationSlots.highAvailability.synchronizeLogicalDecoding");
const FROM_SINGLE = [...spec("certificates", "externalClusters", "managed"), ...WRITES_BESIDE, ...SLOTS];
const FROM_FOLLOWING = [
  ...spec("externalClusters", "managed.roles"),
  ...WRITES_BESIDE,
  ...spec("replica"),
  ...SLOTS,
];

const TRANSITIONS: readonly Expected[] = [
  {
    from: 1,
    to: 2,
    why: "a follower is added; Europe's databases are opened to it and go on as they are",
    stacks: {
      "openova/europe": [...create(OPENED), ...RESET],
      "openova/foundation": create(DNS),
      "openova/india": create(FOLLOWER),
      "openova/global": [...create(POOL), STEERING],
    },
    data: { "europe postgres-cluster": FOLLOWED, "europe mongodb-replica-set": MEMBERS },
  },
  {
    from: 2,
    to: 3,
    why: "both publish and subscribe; India's copy becomes a writer in place",
    stacks: {
      "openova/europe": [...create(besides("india")), CLUSTER],
      "openova/india": [...create(besides("europe")), CLUSTER, INDIAN_APPS],
    },
    data: { "europe postgres-cluster": FROM_FOLLOWING, "india postgres-cluster": FROM_FOLLOWING },
  },
  {
    from: 3,
    to: 2,
    why: "India's applications write to Europe again, and subscriptions go; no cluster is replaced or removed",
    stacks: {
      "openova/europe": [...remove(besides("india")), CLUSTER],
      "openova/india": [...remove(besides("europe")), CLUSTER, INDIAN_APPS],
    },
    data: { "europe postgres-cluster": FROM_FOLLOWING, "india postgres-cluster": FROM_FOLLOWING },
  },
  {
    from: 2,
    to: 1,
    why: "users leave India, then Europe closes, then India goes",
    stacks: {
      "openova/global": [...remove(POOL), STEERING],
      "openova/europe": [...remove(OPENED), ...RESET],
      "openova/foundation": remove(DNS),
      "openova/india": remove(FOLLOWER),
    },
    data: { "europe postgres-cluster": FOLLOWED, "europe mongodb-replica-set": MEMBERS },
  },
  {
    from: 1,
    to: 3,
    why: "a second writer is added that begins as a copy of the first",
    stacks: {
      "openova/europe": [...create(OPENED), ...create(besides("india")), ...RESET],
      "openova/foundation": create(DNS),
      "openova/india": create([...FOLLOWER, ...besides("europe")]),
      "openova/global": [...create(POOL), STEERING],
    },
    data: { "europe postgres-cluster": FROM_SINGLE, "europe mongodb-replica-set": MEMBERS },
  },
  {
    from: 3,
    to: 1,
    why: "users leave India, then Europe writes alone, then India goes",
    stacks: {
      "openova/global": [...remove(POOL), STEERING],
      "openova/europe": [...remove(OPENED), ...remove(besides("india")), ...RESET],
      "openova/foundation": remove(DNS),
      "openova/india": remove([...FOLLOWER, ...besides("europe")]),
    },
    data: { "europe postgres-cluster": FROM_SINGLE, "europe mongodb-replica-set": MEMBERS },
  },
];

test.each(TRANSITIONS)("phase $from to $to: $why", async ({ from, to, stacks, data }) => {
  const { preview, apply, paths } = await transition(from, to, "sandbox");
  const sorted = Object.fromEntries(
    Object.entries(stacks).map(([stack, lines]) => [stack, [...lines].sort()]),
  );
  expect(stepsOf(preview)).toEqual(sorted);
  expect(stepsOf(apply)).toEqual(sorted);
  const found = WATCHED.map(([stack, name]) => [`${stack} ${name}`, paths(stack, name)] as const);
  expect(Object.fromEntries(found.filter(([, changed]) => changed.length > 0))).toEqual(data);
});

const LEAVING = [
  { from: 2, to: 1 },
  { from: 3, to: 1 },
] as const;

describe("on the cloud, where data is protected", () => {
  test.each(LEAVING)("phase $from to $to removes nothing of India, and says why", async ({ from, to }) => {
    const { preview, apply } = await transition(from, to, "cloud");
    const failures = [preview, apply].map((outcomes) =>
      outcomes.flatMap((outcome) =>
        outcome.status === "failed" ? [{ stack: outcome.stack, error: String(outcome.error) }] : [],
      ),
    );
    const refused = {
      stack: "openova/india",
      error:
        'EngineError: openova/india is in no manifest any more, but holds kubernetes:postgresql.cnpg.io/v1:Cluster "postgres-cluster", which is protected: nothing of it is removed',
    };
    expect(failures).toEqual([[refused], [refused]]);
    expect(stepsOf(apply)["openova/global"]).toEqual([...remove(POOL), STEERING].sort());
  });

  test.each([
    { from: 2, to: 3 },
    { from: 3, to: 2 },
  ] as const)("phase $from to $to is applied whole", async ({ from, to }) => {
    const { apply } = await transition(from, to, "cloud");
    expect(apply.map(({ status }) => status)).toEqual(apply.map(() => "done"));
  });
});

test("the workspaces and the backups of Europe are the same in every phase", () => {
  const shared = ([1, 2, 3] as const).map((phase) =>
    plansIn(phase)
      .flatMap(({ stacks }) => stacks)
      .flatMap(({ stack, hash, components }): readonly unknown[] =>
        stack.startsWith("workspaces-")
          ? [hash]
          : stack === "foundation"
            ? components.filter(({ kind }) => kind === "objectstore/r2")
            : [],
      ),
  );
  expect(shared[1]).toEqual(shared[0]);
  expect(shared[2]).toEqual(shared[0]);
});
