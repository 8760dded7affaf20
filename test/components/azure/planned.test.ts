/**
 * @jest-environment ./test/engine/graph/process-environment.ts
 *
 * castiel as its manifests plan it: every switch of the document is one edit, and does exactly this.
 */
import { buildStack } from "../../../components/program";
import { edit, filesOf, stacksOf } from "../../fleet/build-manifests";
import { stepsOf, transitionOf } from "../../fleet/phases";
import { context, registered, type Registered } from "../registered";

const castiel = filesOf("castiel");

interface Built {
  readonly stack: string;
  readonly resources: readonly Registered[];
}

const all: Built[] = [];

/** One after the other: Pulumi's monitor is one for the whole process. */
beforeAll(async () => {
  for (const spec of stacksOf(castiel)) {
    const resources = await registered(() => buildStack(spec, context()));
    all.push({ stack: spec.stack, resources });
  }
});

const textOf = (value: unknown, otherwise = ""): string => (typeof value === "string" ? value : otherwise);

describe("as committed", () => {
  test("the primary handles all traffic: east-us first, by priority", () => {
    const { resources = [] } = all.find(({ stack }) => stack === "global") ?? {};
    const profiles = resources.filter(({ type }) => type === "azure-native:trafficmanager:Profile");
    const routing = profiles.map(({ inputs }) => ({
      method: inputs["trafficRoutingMethod"],
      path: (inputs["monitorConfig"] as { readonly path: string }).path,
      endpoints: (inputs["endpoints"] as readonly { name: string; priority: number }[]).map(
        ({ name, priority }) => `${priority} ${name}`,
      ),
    }));
    const one = { method: "Priority", path: "/health", endpoints: ["1 east-us", "2 west-us-2"] };
    expect(routing).toEqual([one, one]);
  });

  test("every web app has a health check and a slot, in each region", () => {
    const apps = all.flatMap(({ stack, resources }) =>
      resources.flatMap(({ type, inputs }) =>
        /:WebApp(Slot)?$/.test(type)
          ? [
              `${stack} ${textOf(inputs["name"])} ${textOf(inputs["slot"], "production")} ${(inputs["siteConfig"] as { readonly healthCheckPath: string }).healthCheckPath}`,
            ]
          : [],
      ),
    );
    expect(apps.sort()).toEqual(
      ["east-us", "west-us-2"].flatMap((region) =>
        ["api", "web"].flatMap((app) =>
          ["production", "staging"].map((slot) => `${region} castiel-${region}-${app} ${slot} /health`),
        ),
      ),
    );
  });

  test("each region's services are watched for 99.95 %, and people are told", () => {
    const alerts = all.flatMap(({ stack, resources }) =>
      resources.flatMap(({ type, name }) => (type.endsWith(":MetricAlert") ? [`${stack} ${name}`] : [])),
    );
    const expected = ["east-us", "west-us-2"].flatMap((region) =>
      ["api", "web"].flatMap((app) =>
        ["availability-6h", "availability-24h", "unreachable"].map(
          (rule) => `${region} alerts-${app}-${rule}`,
        ),
      ),
    );
    expect(alerts).toEqual(expect.arrayContaining(expected));
    const budgets = stacksOf(castiel).flatMap(({ stack, components }) =>
      components.flatMap((one) =>
        one.kind === "telemetry/azure-alerts" ? [`${stack} ${one.availability}`] : [],
      ),
    );
    expect(budgets.sort()).toEqual(["data 99.95", "east-us 99.95", "global 99.95", "west-us-2 99.95"]);
    const people = all.flatMap(({ resources }) =>
      resources
        .filter(({ type }) => type.endsWith(":ActionGroup"))
        .map(({ inputs }) => inputs["emailReceivers"]),
    );
    expect(people).toHaveLength(4);
    for (const receivers of people) {
      expect(receivers).toMatchObject([{ emailAddress: "operations@castiel.example" }]);
    }
  });

  test("no two resources have one address in Azure, and those the world shares have names of their own", () => {
    const NAMES = ["profileName", "accountName", "workspaceName", "name", "resourceGroupName"];
    const resources = all.flatMap((one) => one.resources);
    const worldwide = resources.flatMap(({ type, inputs }) => {
      const key = NAMES.find((name) => inputs[name] !== undefined && name !== "resourceGroupName");
      return /:(WebApp|Redis|DatabaseAccount|Profile)$/.test(type) && key !== undefined
        ? [`${type.split(":")[1] ?? ""} ${textOf(inputs[key])}`]
        : [];
    });
    expect(worldwide.sort()).toEqual([
      "cosmosdb castiel-cosmos",
      "redis castiel-east-us-redis",
      "redis castiel-west-us-2-redis",
      "trafficmanager castiel-api",
      "trafficmanager castiel-web",
      "web castiel-east-us-api",
      "web castiel-east-us-web",
      "web castiel-west-us-2-api",
      "web castiel-west-us-2-web",
    ]);
    const groups = resources.flatMap(({ type, inputs }) =>
      type.endsWith(":ResourceGroup") && inputs["resourceGroupName"] !== undefined
        ? [textOf(inputs["resourceGroupName"])]
        : [],
    );
    expect(groups.sort()).toEqual(["castiel-data", "castiel-east-us", "castiel-global", "castiel-west-us-2"]);
  });
});

const PROFILES = ["api", "web"].map((name) => `azure-native:trafficmanager:Profile traffic-${name}`);
const slotsOf = (slot: string): readonly string[] =>
  ["api", "web"].flatMap((app) => [
    `azure-native:web:WebAppFtpAllowedSlot apps-${app}-${slot}-ftp`,
    `azure-native:web:WebAppScmAllowedSlot apps-${app}-${slot}-scm`,
    `azure-native:web:WebAppSlot apps-${app}-${slot}`,
  ]);
/** Their configuration is hidden whole, for one setting in it is secret: the tag says that it differs. */
const TOLD = ["api", "web"].flatMap((app) => [
  `~ azure-native:web:WebApp apps-${app}: tags`,
  `~ azure-native:web:WebAppSlot apps-${app}-staging: tags`,
]);

type Edit = readonly [from: string, to: string];

interface Switch {
  readonly name: string;
  readonly edits: readonly Edit[];
  /** Applied before the edits. */
  readonly first?: readonly Edit[];
  readonly stacks: Readonly<Record<string, readonly string[]>>;
  readonly account: readonly string[];
}

const LINKED: Edit = ["geoReplication: false", "geoReplication: true"];
const MOVED: Edit = [
  "primary: { region: east-us, epoch: 1 }\n  standby: west-us-2",
  "primary: { region: west-us-2, epoch: 2 }\n  standby: east-us",
];
const SINGLE_WRITER: Edit = ["multiRegionWrites: true", "multiRegionWrites: false"];
const LINK_ALERT = "+ azure-native:monitor:MetricAlert alerts-redis-link";
const ENDPOINTS = PROFILES.map((profile) => `~ ${profile}: endpoints`);
const ROLES = { "castiel/east-us": TOLD, "castiel/west-us-2": TOLD };

const SWITCHES: readonly Switch[] = [
  {
    name: "performance routing changes the method and nothing else",
    edits: [["routing: priority", "routing: performance"]],
    stacks: { "castiel/global": PROFILES.map((profile) => `~ ${profile}: trafficRoutingMethod`) },
    account: [],
  },
  {
    name: "geo-replication links the caches, and apps reach them by the name that follows the writer",
    edits: [LINKED],
    stacks: {
      "castiel/east-us": [LINK_ALERT, ...TOLD],
      "castiel/west-us-2": [LINK_ALERT, ...TOLD],
      "castiel/global": [
        "+ azure-native:redis:LinkedServer redis-link-secondary",
        "+ meridian:redis:AzureCacheLink redis-link",
      ],
    },
    account: [],
  },
  {
    name: "a failover turns endpoints and roles round; the account that every region writes to is left alone",
    edits: [MOVED],
    stacks: { ...ROLES, "castiel/global": ENDPOINTS },
    account: [],
  },
  {
    name: "with linked caches the link goes before the other way round is made",
    first: [LINKED],
    edits: [MOVED],
    stacks: {
      ...ROLES,
      "castiel/global": [
        ...ENDPOINTS,
        "± azure-native:redis:LinkedServer redis-link-secondary: linkedRedisCacheLocation, linkedServerName, name, resourceGroupName",
      ],
    },
    account: [],
  },
  {
    name: "one writer: the account is set, not made anew",
    edits: [SINGLE_WRITER],
    stacks: {
      "castiel/data": ["~ azure-native:cosmosdb:DatabaseAccount cosmos: enableMultipleWriteLocations"],
    },
    account: ["enableMultipleWriteLocations"],
  },
  {
    name: "one writer that moves is first in the order of failover",
    first: [SINGLE_WRITER],
    edits: [MOVED],
    stacks: {
      ...ROLES,
      "castiel/data": ["~ azure-native:cosmosdb:DatabaseAccount cosmos: locations"],
      "castiel/global": ENDPOINTS,
    },
    account: ["locations"],
  },
  {
    name: "a second slot",
    edits: [["slots: [staging]", "slots: [staging, canary]"]],
    stacks: Object.fromEntries(
      ["castiel/east-us", "castiel/west-us-2"].map((stack) => [
        stack,
        slotsOf("canary").map((one) => `+ ${one}`),
      ]),
    ),
    account: [],
  },
];

const withEdits = (edits: readonly Edit[]) =>
  edits.reduce((files, [from, to]) => edit(files, from, to), castiel);

test.each(SWITCHES)("$name", async ({ edits, first = [], stacks, account }) => {
  const after = withEdits([...first, ...edits]);
  const { preview, apply, paths } = await transitionOf(withEdits(first), after, "cloud", [
    ["data", "cosmos"],
  ]);
  const sorted = Object.fromEntries(
    Object.entries(stacks).map(([stack, lines]) => [stack, [...lines].sort()]),
  );
  expect(stepsOf(preview)).toEqual(sorted);
  expect(apply.map(({ status }) => status)).toEqual(apply.map(() => "done"));
  expect(paths("data", "cosmos")).toEqual(account);
});
