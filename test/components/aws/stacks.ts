/** Small stacks of a platform on AWS, for tests of its components. */
import type { AwsAccountSpec } from "../../../automation/fleet/specs/aws/account";
import type { AwsNetworkSpec, AwsRegionNetwork } from "../../../automation/fleet/specs/aws/network";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { buildAws } from "../../../components/aws-program";
import { GraphEngine } from "../../../automation/engine/graph/graph-engine";
import { sandboxKnowledge } from "../../../automation/engine/graph/sandbox-knowledge";
import { context, registered, type Registered } from "../registered";

export const account = (...regions: readonly [region: string, location: string][]): AwsAccountSpec => ({
  kind: "aws/account",
  name: "aws",
  accessKeyId: { secret: "aws-access-key-id" },
  secretAccessKey: { secret: "aws-secret-access-key" },
  regions: regions.map(([region, location]) => ({ region, location })),
});

const zone = (second: number, prefix: string, number: number): AwsRegionNetwork["zones"][number] => ({
  key: `az${String(number)}`,
  zoneId: `${prefix}-az${String(number)}`,
  private: `10.${String(second)}.${String((number - 1) * 16)}.0/20`,
  database: `10.${String(second)}.${String(96 + (number - 1) * 2)}.0/23`,
  public: `10.${String(second)}.${String(128 + (number - 1) * 4)}.0/22`,
});

export const regionNetwork = (
  region: string,
  location: string,
  second: number,
  prefix: string,
): AwsRegionNetwork => ({
  region,
  location,
  cidr: `10.${String(second)}.0.0/16`,
  internal: `10.${String(second)}.0.0/17`,
  zones: [1, 2].map((number) => zone(second, prefix, number)),
  nat: "zone",
  kubernetes: true,
});

export const network: AwsNetworkSpec = {
  kind: "aws/network",
  name: "network",
  regions: [
    regionNetwork("us-east", "us-east-1", 60, "use1"),
    regionNetwork("eu-west", "eu-west-1", 61, "euw1"),
  ],
  peerings: [{ from: "us-east", to: "eu-west" }],
  databasePorts: [5432],
  internalDomain: "hse.internal",
  flowLogDays: 30,
};

export const networkStack = (spec: AwsNetworkSpec = network, platform = "hse"): StackSpec => ({
  platform,
  stack: "network",
  kind: "global",
  provider: "aws",
  after: [],
  components: [account(["us-east", "us-east-1"], ["eu-west", "eu-west-1"]), spec],
  hash: "network",
});

export const regionStack = (components: readonly ComponentSpec[], platform = "hse"): StackSpec => ({
  platform,
  stack: "us-east",
  kind: "region",
  region: "us-east",
  provider: "aws",
  after: ["network"],
  components: [account(["us-east", "us-east-1"], ["eu-west", "eu-west-1"]), ...components],
  hash: "region",
});

export const build = (
  spec: StackSpec,
  target: "sandbox" | "cloud" = "sandbox",
): Promise<readonly Registered[]> => registered(() => buildAws(spec, context(target)));

export const TAGS = (name: string, region = "us-east", data?: string) => ({
  Name: `hse-${name}`,
  platform: "hse",
  region,
  "managed-by": "meridian",
  ...(data === undefined ? {} : { "data-class": data }),
});

const noStore = { read: () => undefined, write: () => undefined, remove: () => undefined, stacks: () => [] };
const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** The same with outputs as the sandbox shapes them, for components that read what AWS makes up. */
export async function graphed(
  spec: StackSpec,
  target: "sandbox" | "cloud" = "sandbox",
): Promise<readonly Registered[]> {
  const engine = new GraphEngine({ store: noStore, knowledge: sandboxKnowledge });
  const graph = await engine.graph(spec, {
    target,
    secrets: ({ secret }) => `${secret}-value`,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  return graph.map(({ parent, dependencies, ...one }) => ({
    ...one,
    parent: parent === undefined ? undefined : nameOf(parent),
    dependsOn: dependencies.map(nameOf),
    provider: undefined,
    secrets: Object.keys(one.inputs).filter((name) => one.inputs[name] === "[secret]"),
  }));
}
