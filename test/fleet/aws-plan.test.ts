import { buildTopology } from "../../automation/fleet/build-topology";
import { groupFleet } from "../../automation/fleet/fleet";
import { awsCluster, awsNetwork, awsRegion, awsRegionAfter } from "../../automation/fleet/plan/aws";
import { zonePrefix } from "../../automation/fleet/plan/aws-network";
import { subBlock } from "../../automation/fleet/plan/blocks";
import { type PlanInput, planInput } from "../../automation/fleet/plan/plan-input";
import type { ComponentSpec } from "../../automation/fleet/specs/component-spec";
import { loadRepository } from "../manifest/repository-manifests";
import { locate } from "./build-manifests";

const { manifests } = loadRepository();

function inputOf(platform: string): PlanInput {
  const all = groupFleet(manifests.map(({ manifest }) => manifest)).platforms;
  const fleet = all.find((one) => one.platform.metadata.name === platform);
  if (fleet === undefined) throw new RangeError(platform);
  return planInput(fleet, buildTopology(fleet, locate));
}

const of = <K extends ComponentSpec["kind"]>(components: readonly ComponentSpec[], kind: K) =>
  components.find((one): one is Extract<ComponentSpec, { kind: K }> => one.kind === kind);

const kindsOf = (components: readonly ComponentSpec[]) => components.map(({ kind }) => kind);

test.each([
  ["10.50.0.0/16", 1, 0, "10.50.0.0/17"],
  ["10.50.0.0/16", 4, 2, "10.50.32.0/20"],
  ["10.50.0.0/16", 7, 48, "10.50.96.0/23"],
  ["10.50.0.0/16", 6, 32, "10.50.128.0/22"],
  ["10.50.7.9/16", 0, 0, "10.50.0.0/16"],
])("of %s in 2^%i parts, part %i is %s", (cidr, bits, index, expected) => {
  expect(subBlock(cidr, bits, index)).toBe(expected);
});

test.each([
  ["us-east-1", "use1"],
  ["us-west-2", "usw2"],
  ["eu-west-1", "euw1"],
  ["eu-central-1", "euc1"],
  ["ap-southeast-1", "apse1"],
  ["us-gov-west-1", "usgw1"],
])("zones of %s are %s-az…", (location, prefix) => {
  expect(zonePrefix(location)).toBe(prefix);
});

describe("eden", () => {
  const input = inputOf("eden");
  const network = of(awsNetwork(input), "aws/network");

  test("two networks of three zones, joined, with a zone that both see", () => {
    expect(network?.regions.map(({ region, cidr, zones }) => [region, cidr, zones.length])).toEqual([
      ["us-east-1", "10.50.0.0/16", 3],
      ["us-west-2", "10.51.0.0/16", 3],
    ]);
    expect(network).toMatchObject({
      peerings: [{ from: "us-east-1", to: "us-west-2" }],
      databasePorts: [5432, 6379],
      internalDomain: "eden.internal",
    });
    expect(network?.regions[0]?.zones[2]).toEqual({
      key: "az4",
      zoneId: "use1-az4",
      private: "10.50.32.0/20",
      database: "10.50.100.0/23",
      public: "10.50.136.0/22",
    });
  });

  test("a region: a balancer to every node, a cluster, secrets of its own and of all", () => {
    const [east, west] = input.regions.map((region) => awsRegion(input, region));
    expect(kindsOf(east ?? []).slice(0, 4)).toEqual([
      "aws/account",
      "aws/load-balancer",
      "aws/eks",
      "secrets/regional",
    ]);
    expect(of(east ?? [], "aws/eks")?.nodeGroups).toMatchObject([
      { name: "general", instanceTypes: ["m7g.large"], architecture: "arm64", minimum: 3, maximum: 6 },
    ]);
    expect(of(east ?? [], "aws/load-balancer")?.certificate).toEqual({
      kind: "issued",
      zone: "eden.example.com",
      zoneOf: "network",
      hosts: ["api.eden.example.com", "api.us-east-1.eden.example.com"],
    });
    expect(
      of(east ?? [], "secrets/regional")?.secrets.map(({ secret, replicas }) => [secret, replicas]),
    ).toEqual([
      ["eden/us-east-1/application", []],
      ["eden/application", ["us-west-2"]],
    ]);
    expect(of(west ?? [], "secrets/regional")?.secrets.map(({ secret }) => secret)).toEqual([
      "eden/us-west-2/application",
    ]);
  });

  test("the cluster's stack reaches it by what the region's stack says of it", () => {
    const [region] = input.regions;
    const components = region === undefined ? [] : awsCluster(input, region);
    expect(of(components, "kubernetes/cluster")).toEqual({
      kind: "kubernetes/cluster",
      name: "us-east-1-cluster",
      kubeconfig: {
        stack: "us-east-1",
        location: "us-east-1",
        accessKeyId: { secret: "aws-access-key-id" },
        secretAccessKey: { secret: "aws-secret-access-key" },
      },
    });
  });
});

describe("hse", () => {
  const input = inputOf("hse");

  test("every pair of its three networks is joined", () => {
    expect(of(awsNetwork(input), "aws/network")).toMatchObject({
      peerings: [
        { from: "us-east", to: "eu-west" },
        { from: "us-east", to: "ap-southeast" },
        { from: "eu-west", to: "ap-southeast" },
      ],
      internalDomain: "hse.internal",
    });
  });

  test("buckets are in one region, copies where the manifest says, cold after half a year", () => {
    const made = input.regions.map((region) => of(awsRegion(input, region), "objectstore/s3"));
    expect(made.slice(1)).toEqual([undefined, undefined]);
    expect(made[0]).toMatchObject({
      coldAfterDays: 180,
      encryption: "AES-256",
      deletion: "protected",
      buckets: [
        { bucket: "hse-uploads-us-east", copies: [] },
        {
          bucket: "hse-static-assets-us-east",
          copies: [
            { region: "eu-west", bucket: "hse-static-assets-eu-west" },
            { region: "ap-southeast", bucket: "hse-static-assets-ap-southeast" },
          ],
        },
      ],
    });
  });

  test("a replica's stack waits for the primary's; no region's secrets leave it", () => {
    expect(input.regions.map((region) => awsRegionAfter(input, region))).toEqual([
      ["network"],
      ["network", "us-east"],
      ["network", "us-east"],
    ]);
    const secrets = input.regions.flatMap(
      (region) => of(awsRegion(input, region), "secrets/regional")?.secrets ?? [],
    );
    expect(secrets.map(({ secret, replicas }) => [secret, replicas])).toEqual([
      ["hse/us-east/application", []],
      ["hse/eu-west/application", []],
      ["hse/ap-southeast/application", []],
    ]);
  });
});
