import { find, outline } from "../registered";
import { build, network, networkStack, TAGS } from "./stacks";

const types = (lines: readonly string[]) =>
  lines.reduce<Record<string, number>>((all, line) => {
    const type = line.split(" ")[0]?.split(":").at(-1) ?? "";
    return { ...all, [type]: (all[type] ?? 0) + 1 };
  }, {});

describe("the network stack", () => {
  test("one region holds exactly this", async () => {
    const all = await build(networkStack());
    const own = all.filter(({ parent }) => parent === "network-us-east");
    expect(own.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`).sort())
      .toMatchInlineSnapshot(`
      [
        "DefaultSecurityGroup network-us-east-default",
        "Eip network-us-east-nat-az1",
        "Eip network-us-east-nat-az2",
        "FlowLog network-us-east-flow",
        "InternetGateway network-us-east",
        "LogGroup network-us-east-flow",
        "NatGateway network-us-east-nat-az1",
        "NatGateway network-us-east-nat-az2",
        "Role network-us-east-flow",
        "RolePolicy network-us-east-flow",
        "Route network-us-east-private-az1-internet",
        "Route network-us-east-private-az2-internet",
        "Route network-us-east-public-internet",
        "RouteTable network-us-east-database",
        "RouteTable network-us-east-private-az1",
        "RouteTable network-us-east-private-az2",
        "RouteTable network-us-east-public",
        "RouteTableAssociation network-us-east-database-az1",
        "RouteTableAssociation network-us-east-database-az2",
        "RouteTableAssociation network-us-east-private-az1",
        "RouteTableAssociation network-us-east-private-az2",
        "RouteTableAssociation network-us-east-public-az1",
        "RouteTableAssociation network-us-east-public-az2",
        "SecurityGroup network-us-east-database",
        "SecurityGroup network-us-east-endpoints",
        "SecurityGroupEgressRule network-us-east-database-5432-to-eu-west",
        "SecurityGroupEgressRule network-us-east-database-5432-to-us-east",
        "SecurityGroupIngressRule network-us-east-database-5432-from-eu-west",
        "SecurityGroupIngressRule network-us-east-database-5432-from-us-east",
        "SecurityGroupIngressRule network-us-east-endpoints-https",
        "Subnet network-us-east-database-az1",
        "Subnet network-us-east-database-az2",
        "Subnet network-us-east-private-az1",
        "Subnet network-us-east-private-az2",
        "Subnet network-us-east-public-az1",
        "Subnet network-us-east-public-az2",
        "Vpc network-us-east",
        "VpcEndpoint network-us-east-s3",
        "VpcEndpoint network-us-east-secretsmanager",
      ]
    `);
  });

  test("and all of it, counted", async () => {
    expect(types(outline(await build(networkStack())))).toMatchInlineSnapshot(`
      {
        "DefaultSecurityGroup": 2,
        "Eip": 4,
        "FlowLog": 2,
        "InternetGateway": 2,
        "LogGroup": 2,
        "NatGateway": 4,
        "Network": 1,
        "Peering": 1,
        "PeeringConnectionOptions": 2,
        "RegionNetwork": 2,
        "Role": 2,
        "RolePolicy": 2,
        "Route": 12,
        "RouteTable": 8,
        "RouteTableAssociation": 12,
        "SecurityGroup": 4,
        "SecurityGroupEgressRule": 4,
        "SecurityGroupIngressRule": 6,
        "Subnet": 12,
        "Vpc": 2,
        "VpcEndpoint": 4,
        "VpcPeeringConnection": 1,
        "VpcPeeringConnectionAccepter": 1,
        "Zone": 1,
        "aws": 2,
      }
    `);
  });

  test("everything has a parent, and the provider of its own region", async () => {
    const custom = (await build(networkStack())).filter(({ type }) => type.startsWith("aws:"));
    expect(custom.filter(({ parent }) => parent === undefined)).toEqual([]);
    const wrong = custom.filter(
      ({ parent, provider }) =>
        parent?.startsWith("network-peering") !== true &&
        provider !== (parent === "network-eu-west" ? "aws-eu-west" : "aws-us-east"),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("a private subnet says its zone, its tier and that Kubernetes may use it", async () => {
    const { inputs } = find(await build(networkStack()), "network-us-east-private-az1", ":Subnet");
    expect(inputs).toEqual({
      vpcId: "network-us-east-id",
      cidrBlock: "10.60.0.0/20",
      availabilityZoneId: "use1-az1",
      mapPublicIpOnLaunch: false,
      tags: {
        ...TAGS("network-us-east-private-az1"),
        tier: "private",
        "kubernetes.io/role/internal-elb": "1",
      },
    });
  });

  test("the default group lets nothing in or out", async () => {
    const { inputs } = find(await build(networkStack()), "network-us-east-default");
    expect(inputs).toEqual({
      vpcId: "network-us-east-id",
      ingress: [],
      egress: [],
      tags: TAGS("network-us-east-closed"),
    });
  });

  test("a database has no way to the internet, and one to each peer", async () => {
    const all = await build(networkStack());
    const routes = all
      .filter(
        ({ type, inputs }) =>
          type.endsWith(":Route") && inputs["routeTableId"] === "network-us-east-database-id",
      )
      .map(({ name, inputs }) => [name, inputs]);
    expect(routes).toEqual([
      [
        "network-us-east-database-to-eu-west",
        {
          routeTableId: "network-us-east-database-id",
          destinationCidrBlock: "10.61.0.0/16",
          vpcPeeringConnectionId: "network-peering-us-east-eu-west-id",
        },
      ],
    ]);
  });

  test("routes go both ways, from every internal table", async () => {
    const all = await build(networkStack());
    const routes = all.filter(({ type, name }) => type.endsWith(":Route") && name.includes("-to-"));
    expect(routes.map(({ name, provider }) => `${name} ${provider ?? ""}`).sort()).toEqual([
      "network-eu-west-database-to-us-east aws-eu-west",
      "network-eu-west-private-az1-to-us-east aws-eu-west",
      "network-eu-west-private-az2-to-us-east aws-eu-west",
      "network-us-east-database-to-eu-west aws-us-east",
      "network-us-east-private-az1-to-eu-west aws-us-east",
      "network-us-east-private-az2-to-eu-west aws-us-east",
    ]);
  });

  test("databases are reached at their ports from the inside of each region, by address", async () => {
    const all = await build(networkStack());
    const rules = all.filter(
      ({ type, name }) => type.endsWith("IngressRule") && name.startsWith("network-us-east-database"),
    );
    expect(rules.map(({ inputs }) => [inputs["fromPort"], inputs["cidrIpv4"]])).toEqual([
      [5432, "10.60.0.0/17"],
      [5432, "10.61.0.0/17"],
    ]);
  });

  test("one NAT gateway a zone, or one for all where a region says so", async () => {
    const natsOf = async (nat: "zone" | "region") => {
      const regions = network.regions.map((region) => ({ ...region, nat }));
      const all = await build(networkStack({ ...network, regions }));
      const gateways = all.filter(({ type }) => type.endsWith(":NatGateway")).map(({ name }) => name);
      const exits = all.filter(({ name }) => /us-east-private-.*-internet$/.test(name));
      return { gateways, exits: exits.map(({ inputs }) => inputs["natGatewayId"]) };
    };
    expect(await natsOf("zone")).toEqual({
      gateways: [
        "network-us-east-nat-az1",
        "network-us-east-nat-az2",
        "network-eu-west-nat-az1",
        "network-eu-west-nat-az2",
      ],
      exits: ["network-us-east-nat-az1-id", "network-us-east-nat-az2-id"],
    });
    expect(await natsOf("region")).toEqual({
      gateways: ["network-us-east-nat-az1", "network-eu-west-nat-az1"],
      exits: ["network-us-east-nat-az1-id", "network-us-east-nat-az1-id"],
    });
  });

  test("without peering a region reaches only itself", async () => {
    const all = await build(networkStack({ ...network, peerings: [] }));
    const across = all.filter(({ type, name }) => /peering/i.test(type) || /us-east.*-to-eu-west/.test(name));
    expect(across).toEqual([]);
  });
});
