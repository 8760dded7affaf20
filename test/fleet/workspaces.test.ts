/** Workspaces of portarium: what each region's stacks hold of them, and where requests for them go. */
import fc from "fast-check";
import { fingerprint } from "../../automation/fleet/canonical";
import { routingSpec, type ShardPart, shardParts } from "../../automation/fleet/plan/workspaces";
import { shardName } from "../../automation/manifest/shards";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { edit, stacksOf } from "./build-manifests";
import { inputOf, PORTARIUM } from "./portarium";
import { smallPlatform } from "./small-platform";

const EU_CELL = "name: eu, writers: [{ region: eu-central, epoch: 1 }], standbys: [eu-north]";
const failedOver = edit(
  PORTARIUM,
  EU_CELL,
  "name: eu, writers: [{ region: eu-north, epoch: 2 }], standbys: [eu-central]",
);

function partsOf(files: readonly SourceFile[]): readonly ShardPart[] {
  const input = inputOf(files);
  const { shards } = input.fleet.platform.spec.workspaces;
  const names = input.fleet.workspaces.map(({ metadata, spec }) =>
    shardName(spec.homeRegion, metadata.name, shards),
  );
  return [...new Set(names)].sort().flatMap((shard) => {
    const members = input.fleet.workspaces.filter((_, index) => names[index] === shard);
    return shardParts(input, shard, members[0]?.spec.homeRegion ?? "", members);
  });
}

/** `stack @ region`, and what it holds of whom. */
const described = (files: readonly SourceFile[]) =>
  Object.fromEntries(
    partsOf(files).map(({ stack, region, components }) => [
      `${stack} @ ${region}`,
      components.map((one) => {
        switch (one.kind) {
          case "workspaces/namespaces":
            return `namespaces: ${one.workspaces.map(({ namespace }) => namespace).join(" ")}`;
          case "messaging/accounts":
            return `accounts: ${one.accounts.map(({ workspace }) => workspace).join(" ")}`;
          case "workflow/namespaces":
            return `workflows: ${one.namespaces.map(({ name, clusters }) => `${name} in ${clusters.join("+")}`).join(" ")}`;
          case "workspaces/buckets":
            return `buckets: ${one.buckets.map(({ name, quota }) => `${name} ${quota}`).join(" ")}`;
          default:
            return one.kind;
        }
      }),
    ]),
  );

const workspace = (name: string, home: string, replicas: readonly string[], rest = ""): SourceFile => ({
  file: `regions/portarium/workspaces/${name}.yaml`,
  text: `apiVersion: meridian.dev/v1
kind: Workspace
metadata: { name: ${name}, platform: portarium }
spec: { homeRegion: ${home}, replicaRegions: [${replicas.join(", ")}]${rest} }
`,
});

test("each has its place at home, and one in every region that holds a copy", () => {
  expect(described(PORTARIUM)).toMatchInlineSnapshot(`
    {
      "workspaces-eu-central-002 @ eu-central": [
        "namespaces: ws-sandbox-eu",
        "accounts: sandbox-eu",
        "workflows: sandbox-eu in eu-central",
        "buckets: ws-sandbox-eu 10Gi",
      ],
      "workspaces-eu-central-003 @ eu-central": [
        "namespaces: ws-borealis",
        "accounts: borealis",
        "workflows: borealis in eu-central+eu-north",
        "buckets: ws-borealis 50Gi",
      ],
      "workspaces-eu-central-003-eu-north @ eu-north": [
        "namespaces: ws-borealis",
        "accounts: borealis",
      ],
      "workspaces-us-east-003 @ us-east": [
        "namespaces: ws-cascade",
        "accounts: cascade",
        "workflows: cascade in us-east+us-west",
        "buckets: ws-cascade 50Gi",
      ],
      "workspaces-us-east-003-us-west @ us-west": [
        "namespaces: ws-cascade",
        "accounts: cascade",
      ],
    }
  `);
});

test("a failover moves the workflows, and nothing that the lost region would have to answer for", () => {
  const before = described(PORTARIUM);
  const after = described(failedOver);
  const changed = Object.keys(after).filter((part) => fingerprint(after[part]) !== fingerprint(before[part]));
  expect(Object.fromEntries(changed.map((part) => [part, after[part]]))).toMatchInlineSnapshot(`
    {
      "workspaces-eu-central-003 @ eu-central": [
        "namespaces: ws-borealis",
        "accounts: borealis",
        "buckets: ws-borealis 50Gi",
      ],
      "workspaces-eu-central-003-eu-north @ eu-north": [
        "namespaces: ws-borealis",
        "accounts: borealis",
        "workflows: borealis in eu-north+eu-central",
      ],
    }
  `);
});

test("a copy outside a workspace's jurisdictions is nowhere to be found", () => {
  const { fleet, ...input } = inputOf();
  const [borealis, ...others] = fleet.workspaces;
  if (borealis === undefined) throw new RangeError("no workspaces");
  const stray = { ...borealis, spec: { ...borealis.spec, replicaRegions: ["us-east", "eu-north"] } };
  const strayed = { ...input, fleet: { ...fleet, workspaces: [stray, ...others] } };
  const parts = shardParts(strayed, "shard", "eu-central", [stray]);
  expect(parts.map(({ region }) => region)).toEqual(["eu-central", "eu-north"]);
  expect(JSON.stringify(parts)).not.toContain("us-east");
  const routes = routingSpec(strayed)?.shards.flatMap((shard) => shard.routes) ?? [];
  expect(routes.find((route) => route.workspace === "borealis")?.replicas).toEqual(["eu-north"]);
});

test("a new workspace changes its own shard, where it is, and the routing table", () => {
  const placed = fc.constantFrom(
    { home: "eu-central", replicas: ["eu-north"] },
    { home: "eu-north", replicas: ["eu-central"] },
    { home: "us-east", replicas: ["us-west"] },
    { home: "us-west", replicas: [] },
    { home: "eu-central", replicas: [] },
  );
  const hashes = (files: readonly SourceFile[]) =>
    new Map(partsOf(files).map(({ stack, ...part }) => [stack, fingerprint(part)]));
  fc.assert(
    fc.property(fc.stringMatching(/^n[a-z0-9]{3,9}$/), placed, (name, { home, replicas }) => {
      const before = hashes(PORTARIUM);
      const after = hashes([...PORTARIUM, workspace(name, home, replicas)]);
      const shard = shardName(home, name, inputOf().fleet.platform.spec.workspaces.shards);
      const changed = [...after]
        .filter(([stack, hash]) => before.get(stack) !== hash)
        .map(([stack]) => stack);
      expect([...before.keys()].filter((stack) => !after.has(stack))).toEqual([]);
      expect(changed.sort()).toEqual([shard, ...replicas.map((region) => `${shard}-${region}`)].sort());
    }),
    { numRuns: 25 },
  );
});

test("and no region's own stack: the whole plan of a platform with workflows and messages", () => {
  const services =
    "postgres: { engine: cnpg }, workflow: { engine: temporal }, messaging: { engine: nats-jetstream }";
  const hashes = (workspaces: readonly string[]) =>
    new Map(stacksOf(smallPlatform({ services, workspaces })).map(({ stack, hash }) => [stack, hash]));
  const before = hashes(["acme@south"]);
  const after = hashes(["acme@south", "globex@north"]);
  expect([...after].filter(([stack, hash]) => before.get(stack) !== hash).map(([stack]) => stack)).toEqual([
    shardName("north", "globex", 4),
  ]);
});

const routes = (files: readonly SourceFile[]) =>
  routingSpec(inputOf(files))
    ?.shards.flatMap((shard) => shard.routes)
    .map(({ workspace: name, home, writer, epoch, replicas, jurisdictions }) =>
      [`${name}: ${home} → ${writer}@${String(epoch)}`, replicas.join(" "), jurisdictions.join(" ")].join(
        " | ",
      ),
    )
    .sort();

describe("the routing table", () => {
  test("where each is written, under which epoch, and where it may be read", () => {
    expect(routes(PORTARIUM)).toEqual([
      "borealis: eu-central → eu-central@1 | eu-north | EU",
      "cascade: us-east → us-east@1 | us-west | US",
      "sandbox-eu: eu-central → eu-central@1 |  | EU",
    ]);
  });

  test("after a failover", () => {
    expect(routes(failedOver)).toEqual([
      "borealis: eu-central → eu-north@2 | eu-central | EU",
      "cascade: us-east → us-east@1 | us-west | US",
      "sandbox-eu: eu-central → eu-central@2 |  | EU",
    ]);
  });

  test("is the same table whatever the order of the files", () => {
    expect(fingerprint(routingSpec(inputOf([...PORTARIUM].reverse())))).toBe(
      fingerprint(routingSpec(inputOf())),
    );
  });
});
