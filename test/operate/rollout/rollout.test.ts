import type { GraphResource } from "../../../automation/engine/engine";
import { findOrphans } from "../../../automation/operate/rollout/orphans";
import {
  applyAll,
  destroyAll,
  previewAll,
  type RolloutOutcome,
} from "../../../automation/operate/rollout/rollout";
import { FakeEngine, planOf, quietRun, resource } from "./fake-engine";

const SHOP = ["base", "eu", "us < eu,base", "eu-000 < eu", "global < eu,us"];
const WHOLE = Object.fromEntries(
  ["base", "eu", "us", "eu-000", "global"].map((name) => [`shop/${name}`, []]),
);
const POD = resource("kubernetes:core/v1:Pod");
const DATABASE = resource("kubernetes:postgresql.cnpg.io/v1:Cluster", true);

interface Case {
  readonly stacks?: readonly string[];
  readonly present?: Readonly<Record<string, readonly GraphResource[]>>;
  readonly failing?: readonly string[];
}

const said = (outcomes: readonly RolloutOutcome[]): readonly string[] =>
  outcomes.map((outcome) => {
    const removed =
      outcome.status === "done" ? outcome.result.steps.map(({ operation }) => ` ${operation}`) : [];
    const why = outcome.status === "failed" ? `: ${String((outcome.error as { code: unknown }).code)}` : "";
    return `${outcome.stack} ${outcome.status}${removed.join("")}${why}`;
  });

async function did(
  verb: typeof applyAll,
  { stacks = SHOP, present = {}, failing = [] }: Case,
): Promise<{
  readonly asked: readonly string[];
  readonly outcomes: readonly string[];
  readonly left: readonly string[];
}> {
  const engine = new FakeEngine(present, failing);
  const outcomes = await verb({ plans: [planOf(stacks)], engine, run: quietRun(), parallel: 1 });
  return { asked: engine.asked, outcomes: said(outcomes), left: engine.present };
}

describe("applyAll", () => {
  test.each([
    {
      name: "the first time: traffic last",
      asked: ["base", "eu", "us", "eu-000", "global"],
    },
    {
      name: "again: every stack is asked, for drift is found by asking; the order is the same",
      present: WHOLE,
      asked: ["base", "eu", "us", "eu-000", "global"],
    },
    {
      name: "a region goes: users leave first, and it is removed last",
      stacks: ["base", "eu", "eu-000 < eu", "global < eu"],
      present: { ...WHOLE, "shop/us": [POD] },
      asked: ["global", "eu", "base", "eu-000"],
      removed: ["us"],
    },
    {
      name: "a region goes and another comes: users are sent to the new one when it is there",
      stacks: ["base", "eu", "asia < eu", "eu-000 < eu", "global < eu,asia"],
      present: { ...WHOLE, "shop/us": [POD] },
      asked: ["eu", "asia", "base", "eu-000", "global"],
      removed: ["us"],
    },
    {
      name: "a shard emptied",
      present: { ...WHOLE, "shop/eu-001": [POD] },
      asked: ["global", "base", "eu", "us", "eu-000"],
      removed: ["eu-001"],
    },
    {
      name: "other platforms are nobody's orphans",
      present: { ...WHOLE, "bank/us": [POD] },
      asked: ["base", "eu", "us", "eu-000", "global"],
    },
  ])("$name", async ({ asked, removed = [], ...given }) => {
    const { stacks = SHOP, present = {} } = given as Case;
    const done = await did(applyAll, { stacks, present });
    expect(done.asked).toEqual([
      ...asked.map((one) => `apply shop/${one}`),
      ...removed.map((one) => `destroy shop/${one}`),
    ]);
    expect(done.left.filter((name) => name.startsWith("shop/"))).toEqual(
      asked.map((one) => `shop/${one}`).sort(),
    );
  });

  test("after a failure nothing is removed", async () => {
    const present = { ...WHOLE, "shop/asia": [POD] };
    expect(await did(applyAll, { present, failing: ["apply shop/eu"] })).toEqual({
      asked: ["apply shop/global", "apply shop/base", "apply shop/eu"],
      outcomes: [
        "shop/base done",
        "shop/eu failed: MRD5101",
        "shop/us blocked",
        "shop/eu-000 blocked",
        "shop/global done",
      ],
      left: ["shop/asia", "shop/base", "shop/eu", "shop/eu-000", "shop/global", "shop/us"],
    });
  });

  test("an orphan with protected data is refused whole, and says so; others are still removed", async () => {
    const present = { ...WHOLE, "shop/asia": [POD, DATABASE], "shop/eu-001": [POD] };
    const { asked, outcomes, left } = await did(applyAll, { present });
    expect(asked.filter((one) => one.startsWith("destroy"))).toEqual(["destroy shop/eu-001"]);
    expect(outcomes.slice(-2)).toEqual(["shop/asia failed: MRD5705", "shop/eu-001 done"]);
    expect(left).toContain("shop/asia");
  });

  test("aborted before it began: every stack is told as stopped, nothing is asked", async () => {
    const engine = new FakeEngine({ ...WHOLE, "shop/asia": [POD] });
    const abort = new AbortController();
    abort.abort();
    const run = quietRun(abort.signal);
    const outcomes = await applyAll({ plans: [planOf(SHOP)], engine, run, parallel: 2 });
    expect({ asked: engine.asked, outcomes: said(outcomes) }).toEqual({
      asked: [],
      outcomes: ["base", "eu", "us", "eu-000", "global"].map((name) => `shop/${name} stopped`),
    });
  });
});

describe("previewAll", () => {
  test("nobody waits for anybody, and what would be removed is shown, not done", async () => {
    const present = { "shop/eu": [], "shop/asia": [POD], "shop/africa": [POD, DATABASE] };
    const { asked, outcomes, left } = await did(previewAll, { present, failing: ["preview shop/eu"] });
    expect({ asked, outcomes, left }).toEqual({
      asked: ["base", "eu", "us", "eu-000", "global"].map((name) => `preview shop/${name}`),
      outcomes: [
        "shop/base done",
        "shop/eu failed: MRD5101",
        "shop/us done",
        "shop/eu-000 done",
        "shop/global done",
        "shop/africa failed: MRD5705",
        "shop/asia done delete",
      ],
      left: ["shop/africa", "shop/asia", "shop/eu"],
    });
  });
});

describe("destroyAll", () => {
  test("those without a manifest first, then the other way round; what is not there is not asked for", async () => {
    const present = { "shop/asia": [POD], "shop/base": [], "shop/eu": [], "shop/global": [], "shop/us": [] };
    expect(await did(destroyAll, { present })).toEqual({
      asked: ["asia", "global", "us", "eu", "base"].map((name) => `destroy shop/${name}`),
      outcomes: ["asia", "global", "us", "eu", "base"].map((name) => `shop/${name} done`),
      left: [],
    });
  });

  test("a failure keeps what others stand on", async () => {
    const { asked, outcomes } = await did(destroyAll, { present: WHOLE, failing: ["destroy shop/us"] });
    expect(asked).toEqual(["global", "eu-000", "us"].map((name) => `destroy shop/${name}`));
    expect(outcomes).toEqual([
      "shop/global done",
      "shop/eu-000 done",
      "shop/us failed: MRD5101",
      "shop/eu blocked",
      "shop/base blocked",
    ]);
  });
});

describe("findOrphans", () => {
  test.each([
    {
      holds: ["pulumi:providers:cloudflare", "cloudflare:index/dnsRecord:DnsRecord"],
      provider: "cloudflare",
    },
    { holds: ["meridian:apps:Deployment", "kubernetes:core/v1:Pod"], provider: "kubernetes" },
    { holds: ["azure-native:resources:ResourceGroup"], provider: "azure-native" },
    { holds: [], provider: "kubernetes" },
  ])("$holds is of $provider", async ({ holds, provider }) => {
    const engine = new FakeEngine({ "shop/old": holds.map((type) => resource(type)) });
    const found = await findOrphans([planOf(["eu"])], engine, "sandbox");
    expect(found.map(({ stack, provider: of }) => `${stack} ${of}`)).toEqual([`old ${provider}`]);
  });
});
