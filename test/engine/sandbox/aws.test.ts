import { cloudOf } from "../../../automation/engine/sandbox/clouds";
import { forcesReplacement, outputsOf } from "../../../automation/engine/sandbox/knowledge";
import { closeAll, startProvider } from "./provider";

afterEach(closeAll);

const VIRGINIA = { region: "us-east-1" };
const vpc = { type: "aws:ec2/vpc:Vpc", name: "network" };
const subnet = { type: "aws:ec2/subnet:Subnet", name: "network-a" };

describe("forcesReplacement", () => {
  test.each([
    ["aws:ec2/vpc:Vpc", "cidrBlock", true],
    ["aws:ec2/vpc:Vpc", "enableDnsHostnames", false],
    ["aws:ec2/subnet:Subnet", "availabilityZoneId", true],
    ["aws:ec2/subnet:Subnet", "mapPublicIpOnLaunch", false],
    ["aws:ec2/securityGroup:SecurityGroup", "description", true],
    ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "cidrIpv4", false],
    ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "securityGroupId", true],
    ["aws:eks/cluster:Cluster", "version", false],
    ["aws:eks/cluster:Cluster", "roleArn", true],
    ["aws:eks/cluster:Cluster", "kubernetesNetworkConfig.serviceIpv4Cidr", true],
    ["aws:eks/nodeGroup:NodeGroup", "instanceTypes[0]", true],
    ["aws:eks/nodeGroup:NodeGroup", "scalingConfig.maxSize", false],
    ["aws:lb/targetGroup:TargetGroup", "port", true],
    ["aws:lb/targetGroup:TargetGroup", "healthCheck.path", false],
    ["aws:s3/bucket:Bucket", "bucket", true],
    ["aws:rds/instance:Instance", "storageEncrypted", true],
    ["aws:rds/instance:Instance", "instanceClass", false],
    ["aws:secretsmanager/secret:Secret", "name", true],
    // Of types without a row, what every type has.
    ["aws:kinesis/stream:Stream", "name", true],
    ["aws:kinesis/stream:Stream", "region", true],
    ["aws:kinesis/stream:Stream", "shardCount", false],
  ])("%s %s: %s", (type, path, expected) => {
    expect(forcesReplacement(type, path)).toBe(expected);
  });
});

describe("outputs", () => {
  const of = (type: string, inputs: Parameters<typeof outputsOf>[2]) =>
    outputsOf(type, "main", inputs, undefined, { region: "eu-west-1" });

  test("a VPC comes with a default group, table and list that are not resources of their own", () => {
    expect(of("aws:ec2/vpc:Vpc", { cidrBlock: "10.61.0.0/16", tags: { platform: "hse" } })).toEqual({
      id: expect.stringMatching(/^vpc-0[0-9a-f]{16}$/) as string,
      inputs: { cidrBlock: "10.61.0.0/16", tags: { platform: "hse" } },
      outputs: {
        name: "main",
        cidrBlock: "10.61.0.0/16",
        tags: { platform: "hse" },
        tagsAll: { platform: "hse" },
        region: "eu-west-1",
        ownerId: "111122223333",
        arn: expect.stringMatching(/^arn:aws:ec2:eu-west-1:111122223333:vpc\/vpc-0/) as string,
        mainRouteTableId: expect.stringMatching(/^rtb-1/) as string,
        defaultRouteTableId: expect.stringMatching(/^rtb-1/) as string,
        defaultNetworkAclId: expect.stringMatching(/^acl-1/) as string,
        defaultSecurityGroupId: expect.stringMatching(/^sg-1/) as string,
        dhcpOptionsId: expect.stringMatching(/^dopt-1/) as string,
      },
    });
  });

  test.each([
    ["aws:iam/role:Role", { name: "nodes" }, "nodes", "arn:aws:iam::111122223333:role/nodes"],
    ["aws:s3/bucket:Bucket", { bucket: "hse-uploads" }, "hse-uploads", "arn:aws:s3:::hse-uploads"],
    ["aws:eks/cluster:Cluster", { name: "eden" }, "eden", "arn:aws:eks:eu-west-1:111122223333:cluster/eden"],
  ])("%s has the id and ARN that AWS would give it", (type, inputs, id, arn) => {
    const answer = of(type, inputs);
    expect([answer.id, answer.outputs["arn"]]).toEqual([id, arn]);
  });

  test("a name that nobody gave is made up once", () => {
    const first = of("aws:sns/topic:Topic", {});
    expect(first.inputs["name"]).toMatch(/^main-[0-9a-f]{7}$/);
    expect(outputsOf("aws:sns/topic:Topic", "main", {}, first.outputs).inputs).toEqual(first.inputs);
  });

  test("a function nobody answers is unknown; who is asking is known", () => {
    const { invoke } = cloudOf("aws");
    expect(invoke("aws:ec2/getSomething:getSomething", {}, {})).toBeUndefined();
    expect(invoke("aws:index/getCallerIdentity:getCallerIdentity", {}, {})).toMatchObject({
      accountId: "111122223333",
    });
  });
});

describe("a provider", () => {
  test("refuses a subnet of a VPC that is not there, and in another region", async () => {
    const here = await startProvider("aws", VIRGINIA);
    await expect(
      here.client.create(subnet, { vpcId: "vpc-00123456789abcdef", cidrBlock: "10.0.0.0/24" }),
    ).rejects.toThrow('vpcId "vpc-00123456789abcdef" does not exist (InvalidVpcID.NotFound)');
    const { id } = await here.make(vpc, { cidrBlock: "10.50.0.0/16" });
    await here.client.configure({ region: "us-west-2" });
    await expect(here.client.create(subnet, { vpcId: id, cidrBlock: "10.50.0.0/24" })).rejects.toThrow(
      "MRD7011",
    );
    await here.client.configure(VIRGINIA);
    const made = await here.make(subnet, {
      vpcId: id,
      cidrBlock: "10.50.0.0/24",
      availabilityZoneId: "use1-az2",
    });
    expect(made.plain["availabilityZone"]).toBe("us-east-1b");
  });

  test.each([
    ["a role by ARN", { roleArn: "arn:aws:iam::111122223333:role/nobody" }],
    ["a role by name", { role: "nobody", policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }],
  ])("refuses %s that is not there", async (_, inputs) => {
    const provider = await startProvider("aws", VIRGINIA);
    const type = "role" in inputs ? "aws:iam/rolePolicyAttachment:RolePolicyAttachment" : "aws:x/thing:Thing";
    await expect(provider.client.create({ type, name: "a" }, inputs)).rejects.toThrow("does not exist");
  });

  test.each([
    ["what AWS made", { policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }],
    [
      "a role of a service",
      { roleArn: "arn:aws:iam::111122223333:role/aws-service-role/rds.amazonaws.com/x" },
    ],
    ["the group that comes with a VPC", { securityGroupId: "sg-10123456789abcdef" }],
    ["what only stands in a tag", { tags: { of: "vpc-00123456789abcdef" } }],
  ])("takes %s for granted", async (_, inputs) => {
    const provider = await startProvider("aws", VIRGINIA);
    const { id } = await provider.client.create({ type: "aws:x/thing:Thing", name: "a" }, inputs);
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  test("a type without a row is found by its ARN", async () => {
    const provider = await startProvider("aws", VIRGINIA);
    const made = await provider.make({ type: "aws:ecs/cluster:Cluster", name: "jobs" }, { name: "jobs" });
    const schedule = { type: "aws:scheduler/schedule:Schedule", name: "nightly" };
    const { id } = await provider.client.create(schedule, { target: { arn: made.plain["arn"] ?? "" } });
    expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  test("both ends of a peering see it, whatever their region", async () => {
    const provider = await startProvider("aws", VIRGINIA);
    const east = await provider.make(vpc, { cidrBlock: "10.50.0.0/16" });
    await provider.client.configure({ region: "us-west-2" });
    const west = await provider.make({ ...vpc, name: "west" }, { cidrBlock: "10.51.0.0/16" });
    await provider.client.configure(VIRGINIA);
    const peering = { type: "aws:ec2/vpcPeeringConnection:VpcPeeringConnection", name: "peering" };
    await expect(provider.client.create(peering, { vpcId: east.id, peerVpcId: west.id })).rejects.toThrow(
      `peerVpcId "${west.id}" does not exist`,
    );
    const made = await provider.make(peering, {
      vpcId: east.id,
      peerVpcId: west.id,
      peerRegion: "us-west-2",
    });
    await provider.client.configure({ region: "us-west-2" });
    const accepter = { type: "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter", name: "a" };
    const accepted = await provider.make(accepter, { vpcPeeringConnectionId: made.id, autoAccept: true });
    expect([accepted.id, accepted.plain["acceptStatus"]]).toEqual([made.id, "active"]);
  });

  test.each([
    ["a required input", "aws:ec2/subnet:Subnet", {}, "vpcId is required"],
    ["a block too large", "aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/12" }, "from /16 to /28"],
    ["a name too long", "aws:lb/loadBalancer:LoadBalancer", { name: "a".repeat(33) }, "at most 32"],
    ["a bucket in capitals", "aws:s3/bucket:Bucket", { bucket: "Uploads" }, "InvalidBucketName"],
  ])("says what AWS would: %s", (_, type, inputs, reason) => {
    const asked = { type, name: "a", inputs, settings: VIRGINIA };
    expect(
      cloudOf("aws")
        .problems(asked)
        .map((problem) => problem.reason),
    ).toEqual([expect.stringContaining(reason)]);
  });

  test("a bucket's name is taken once in the world, a target group's once in a region", async () => {
    const provider = await startProvider("aws", VIRGINIA);
    const bucket = { type: "aws:s3/bucket:Bucket", name: "one" };
    await provider.make(bucket, { bucket: "hse-uploads" });
    await provider.client.configure({ region: "eu-west-1" });
    await expect(
      provider.client.create({ ...bucket, name: "two" }, { bucket: "hse-uploads" }),
    ).rejects.toThrow("already exists");
  });

  test("what cannot change in place gets a new id, so that what stands on it moves too", async () => {
    const provider = await startProvider("aws", VIRGINIA);
    const made = await provider.make(vpc, { cidrBlock: "10.50.0.0/16" });
    const diff = await provider.client.diff(vpc, made.id, made.inputs, { cidrBlock: "10.99.0.0/16" });
    expect(diff).toMatchObject({ replaces: ["cidrBlock"], deleteBeforeReplace: false });
    const next = await provider.client.create(vpc, { cidrBlock: "10.99.0.0/16" });
    expect(next.id).not.toBe(made.id);
  });
});
