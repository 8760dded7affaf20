import type { RunbookFacts, ServiceFacts } from "../../../automation/review/runbook/facts";
import { failoverSteps, heirOf, losses } from "../../../automation/review/runbook/failover";
import { runbook } from "../../../automation/review/runbook/runbook";
import type { Step } from "../../../automation/review/runbook/step";
import { votesWithout } from "../../../automation/review/runbook/steps-mongodb";
import type { Cell, Topology } from "../../../automation/fleet/topology";
import { castiel, castielFacts, openova, openovaFacts } from "./platforms";

const service = <K extends ServiceFacts["kind"]>(
  facts: RunbookFacts,
  kind: K,
  change: Partial<Extract<ServiceFacts, { kind: K }>>,
): RunbookFacts => ({
  ...facts,
  services: facts.services.map((one) => (one.kind === kind ? { ...one, ...change } : one)),
});

const stepsOf = (topology: Topology, facts: RunbookFacts): readonly Step[] => {
  const [first] = losses(topology, facts);
  return first === undefined ? [] : failoverSteps(first);
};

/** `! ` before a point of no return. */
const titles = (steps: readonly Step[]): readonly string[] =>
  steps.map(({ title, way }) => `${way.kind === "point-of-no-return" ? "! " : ""}${title}`);

describe("order of a failover", () => {
  test("openova: fence, then promote, then a majority by force, then users", () => {
    expect(titles(stepsOf(openova, openovaFacts))).toEqual([
      "Find out what is lost",
      "Decide: india takes over from europe, or wait",
      "Write the decision down: india owns the writes, epoch 2",
      "Stop PostgreSQL in europe, so that it can never take another write",
      "Write down how far PostgreSQL in india got",
      "! Promote PostgreSQL in india",
      "! MongoDB: form a majority in india by force",
      "See a write survive in PostgreSQL in india",
      "Disable europe-pool",
      "Keep what PostgreSQL in europe had and nobody else has",
      "Take the MongoDB members of europe back",
      "Say that it is over",
    ]);
  });

  test("the epoch rises from the highest one", () => {
    const cells = [{ ...openova.cells[0], writers: [{ region: "europe", epoch: 41 }] } as Cell];
    expect(titles(stepsOf({ ...openova, cells }, openovaFacts))).toContain(
      "Write the decision down: india owns the writes, epoch 42",
    );
  });

  test("several writers: nobody is promoted, fenced or written down", () => {
    const cells: readonly Cell[] = [
      {
        name: "default",
        writers: [
          { region: "europe", epoch: 1 },
          { region: "india", epoch: 1 },
        ],
        standbys: [],
        readers: [],
      },
    ];
    const facts = {
      ...openovaFacts,
      services: openovaFacts.services.filter(({ kind }) => kind === "postgres/cnpg"),
    };
    expect(titles(stepsOf({ ...openova, cells }, facts))).toEqual([
      "Find out what is lost",
      "Decide: india takes over from europe, or wait",
      "Disable europe-pool",
      "Watch the conflicts of PostgreSQL when the lost region returns",
      "Say that it is over",
    ]);
    expect(losses({ ...openova, cells }, facts).map(({ lost, heir }) => `${lost} → ${heir}`)).toEqual([
      "europe → india",
      "india → europe",
    ]);
  });
});

describe("engines", () => {
  const find = (facts: RunbookFacts, topology: Topology, part: string): Step | undefined =>
    stepsOf(topology, facts).find(({ title }) => title.includes(part));

  test("Cosmos DB with one writer and no automatic failover is taken offline by hand", () => {
    const facts = service(castielFacts, "cosmos/sql", { multiRegionWrites: false, automaticFailover: false });
    expect(find(facts, castiel, "Take East US of Cosmos DB offline")).toMatchObject({
      commands: [
        "az cosmosdb offline-region --name castiel-cosmos --resource-group castiel-data --region EastUS",
      ],
      way: { kind: "point-of-no-return" },
    });
  });

  test("Cosmos DB with automatic failover is waited for, with the command for when that takes too long", () => {
    const facts = service(castielFacts, "cosmos/sql", { multiRegionWrites: false });
    expect(find(facts, castiel, "See where Cosmos DB takes writes")?.expect).toContain(
      "az cosmosdb offline-region",
    );
    expect(find(facts, castiel, "offline")).toBeUndefined();
  });

  test("Cosmos DB with custom conflicts: the feed", () => {
    const facts = service(castielFacts, "cosmos/sql", { conflict: "custom" });
    expect(find(facts, castiel, "Look for writes")?.expect).toContain("conflicts feed");
  });

  test("linked caches are cut apart", () => {
    const facts = service(castielFacts, "redis/azure-cache", { linked: true });
    expect(find(facts, castiel, "Cut the link")).toMatchObject({
      commands: [
        "az redis server-link delete --resource-group castiel-east-us --name castiel-east-us-redis --linked-server-name castiel-west-us-2-redis",
        "az redis server-link list --resource-group castiel-west-us-2 --name castiel-west-us-2-redis --output table",
      ],
      way: { kind: "point-of-no-return" },
    });
  });

  test("MongoDB that really runs in one region has nothing to promote", () => {
    const facts = service(openovaFacts, "mongodb/community", { spread: "nodes" });
    expect(find(facts, openova, "Expect no MongoDB")).toMatchObject({
      title: "Expect no MongoDB: every member of mongodb-global runs in europe",
      commands: [],
      way: { kind: "look" },
    });
  });

  test("MongoDB with a majority elsewhere elects on its own", () => {
    const members = ["europe", "india", "india"].map((region) => ({ region, votes: 1, priority: 1 }));
    const facts = service(openovaFacts, "mongodb/community", { members });
    expect(find(facts, openova, "elected a primary on its own")?.before).toBe(
      "2 votes are left and 2 are needed.",
    );
  });

  test("synchronous PostgreSQL says that nothing acknowledged is lost", () => {
    const facts = service(openovaFacts, "postgres/cnpg", { mode: "sync" });
    expect(find(facts, openova, "Write down how far")?.expect).toContain("what was acknowledged is here");
  });

  test("an engine without steps is named, never passed over in silence", () => {
    const facts: RunbookFacts = {
      ...castielFacts,
      services: [{ kind: "other", name: "postgres", engine: "pglogical" }],
    };
    const flow = {
      cell: "default",
      service: "postgres",
      engine: "pglogical",
      from: "east-us",
      to: "west-us-2",
      mode: "logical",
      direction: "two-way",
    } as const;
    expect(find(facts, { ...castiel, replication: [flow] }, "postgres (pglogical)")).toMatchObject({
      before: expect.stringContaining("east-us ⇄ west-us-2 (logical)") as string,
      expect: "west-us-2 takes writes already; nothing has to be promoted.",
    });
  });

  test("performance routing returns users to the nearest region", () => {
    const traffic = { ...castielFacts.traffic, routing: "performance" } as RunbookFacts["traffic"] & object;
    expect(runbook(castiel, { ...castielFacts, traffic })).toContain(
      "leads to an address of the nearest region",
    );
  });
});

describe("votes", () => {
  const mongodb = openovaFacts.services.find((one) => one.kind === "mongodb/community");

  test.each([
    { lost: "europe", spread: "regions" as const, left: 2 },
    { lost: "india", spread: "regions" as const, left: 3 },
    { lost: "europe", spread: "nodes" as const, left: 0 },
    { lost: "india", spread: "nodes" as const, left: 5 },
  ])("$lost lost, spread over $spread: $left of 5", ({ lost, spread, left }) => {
    expect(mongodb).toBeDefined();
    if (mongodb === undefined) return;
    expect(votesWithout({ ...mongodb, spread }, lost)).toEqual({ all: 5, needed: 3, left });
  });
});

describe("heirs", () => {
  const cell = (text: Partial<Cell>): Cell => ({
    name: "default",
    writers: [{ region: "a", epoch: 1 }],
    standbys: [],
    readers: [],
    ...text,
  });

  test.each([
    { name: "the standby before a reader", cell: cell({ standbys: ["b"], readers: ["c"] }), heir: "b" },
    { name: "a reader when nobody stands by", cell: cell({ readers: ["c"] }), heir: "c" },
    { name: "nobody when it is alone", cell: cell({}), heir: undefined },
  ])("$name", ({ cell: one, heir }) => {
    expect(heirOf(one, "a")).toBe(heir);
  });

  test("alone: the runbook says that nobody takes over", () => {
    const text = runbook({ ...castiel, cells: [cell({})] }, castielFacts);
    expect(text).toContain("**No region can take over from another.**");
  });
});

describe("objectives", () => {
  test("a sum that misses the objective says by how much", () => {
    const topology = { ...castiel, objectives: [{ fault: "region" as const, rpo: 300, rto: 60 }] };
    expect(runbook(topology, castielFacts)).toContain(
      "= **2 m**. **That misses the objective of 1 m by 1 m.**",
    );
  });

  test("none at all is said, too", () => {
    expect(runbook({ ...castiel, objectives: [] }, castielFacts)).toContain("The manifest sets none.");
  });
});

describe("losing a region that owns nothing", () => {
  test.each([
    {
      durability: "required" as const,
      says: "**PostgreSQL stops taking writes** if india held the only synchronous standby",
    },
    { durability: "preferred" as const, says: "PostgreSQL goes on without a synchronous standby" },
  ])("synchronous, $durability", ({ durability, says }) => {
    expect(runbook(openova, service(openovaFacts, "postgres/cnpg", { mode: "sync", durability }))).toContain(
      says,
    );
  });
});

test("every heading that is linked to is there", () => {
  for (const [topology, facts] of [
    [castiel, castielFacts],
    [openova, openovaFacts],
  ] as const) {
    const text = runbook(topology, facts);
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, "")
        .replaceAll(" ", "-"),
    );
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
  }
});
