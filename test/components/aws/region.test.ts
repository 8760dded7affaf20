import { find, outline } from "../registered";
import { balancer, cluster } from "./examples";
import { graphed as build, regionStack, TAGS } from "./stacks";

describe("the load balancer", () => {
  const made = (target: "sandbox" | "cloud" = "sandbox") => build(regionStack([balancer]), target);

  test("holds exactly this", async () => {
    expect(outline(await made())).toMatchInlineSnapshot(`
      [
        "aws:acm/certificate:Certificate balancer-certificate < balancer",
        "aws:acm/certificateValidation:CertificateValidation balancer-certificate < balancer",
        "aws:ec2/securityGroup:SecurityGroup balancer < balancer",
        "aws:lb/listener:Listener balancer-http < balancer",
        "aws:lb/listener:Listener balancer-https < balancer",
        "aws:lb/loadBalancer:LoadBalancer balancer < balancer",
        "aws:lb/targetGroup:TargetGroup balancer-app < balancer",
        "aws:route53/record:Record balancer-certificate-app.hse-digital.example < balancer",
        "aws:route53/record:Record balancer-certificate-app.us-east.hse-digital.example < balancer",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule balancer-to-30443 < balancer",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule balancer-443 < balancer",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule balancer-80 < balancer",
        "meridian:aws:LoadBalancer balancer",
        "pulumi:providers:aws aws-eu-west",
        "pulumi:providers:aws aws-us-east",
      ]
    `);
  });

  test("stands in the public subnets of its region, and cannot be deleted by mistake", async () => {
    expect(find(await made("cloud"), "balancer", "aws:lb/loadBalancer:LoadBalancer").inputs).toMatchObject({
      name: "hse-us-east",
      internal: false,
      subnets: [0, 1, 2].map((at) => `network.publicSubnetIds-us-east.${String(at)}`),
      securityGroups: [expect.stringMatching(/^sg-0/)],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: true,
      tags: TAGS("balancer"),
    });
  });

  test("sends 80 to 443", async () => {
    const { inputs } = find(await made(), "balancer-http");
    expect([inputs["port"], inputs["defaultActions"]]).toEqual([
      80,
      [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    ]);
  });

  test("checks targets as the document says", async () => {
    const { inputs } = find(await made(), "balancer-app", ":TargetGroup");
    expect(inputs).toEqual({
      name: "hse-us-east-app",
      vpcId: "network.vpcId-us-east",
      port: 30443,
      protocol: "HTTPS",
      targetType: "instance",
      deregistrationDelay: 30,
      healthCheck: {
        enabled: true,
        path: "/api/health",
        port: "traffic-port",
        protocol: "HTTPS",
        interval: 30,
        timeout: 10,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        matcher: "200",
      },
      tags: TAGS("balancer-app"),
    });
  });

  test("an imported certificate's key is a secret", async () => {
    const certificate = {
      kind: "imported",
      certificate: { secret: "tls-certificate" },
      key: { secret: "tls-key" },
    } as const;
    const { secrets } = find(
      await build(regionStack([{ ...balancer, certificate }])),
      "balancer-certificate",
    );
    expect(secrets).toEqual(["certificateBody", "privateKey"]);
  });

  test("services by host, and nothing for any other", async () => {
    const [target] = balancer.targets;
    const targets = target === undefined ? [] : [{ ...target, hosts: ["app.hse-digital.example"] }];
    const all = await build(regionStack([{ ...balancer, targets }]));
    expect(find(all, "balancer-app", ":ListenerRule").inputs["conditions"]).toEqual([
      { hostHeader: { values: ["app.hse-digital.example"] } },
    ]);
    expect(find(all, "balancer-https").inputs["defaultActions"]).toMatchObject([{ type: "fixed-response" }]);
  });
});

describe("the cluster", () => {
  const made = (target: "sandbox" | "cloud" = "sandbox") => build(regionStack([balancer, cluster]), target);

  test("holds exactly this", async () => {
    const all = await made();
    const own = all.filter(({ parent, name }) => parent === "cluster" || name === "cluster");
    expect(outline(own)).toMatchInlineSnapshot(`
      [
        "aws:autoscaling/attachment:Attachment cluster-general-app < cluster",
        "aws:cloudwatch/logGroup:LogGroup cluster < cluster",
        "aws:ec2/launchTemplate:LaunchTemplate cluster-general < cluster",
        "aws:eks/addon:Addon cluster-aws-ebs-csi-driver < cluster",
        "aws:eks/addon:Addon cluster-vpc-cni < cluster",
        "aws:eks/cluster:Cluster cluster < cluster",
        "aws:eks/nodeGroup:NodeGroup cluster-general < cluster",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation cluster-volumes < cluster",
        "aws:iam/openIdConnectProvider:OpenIdConnectProvider cluster < cluster",
        "aws:iam/role:Role cluster-control-plane < cluster",
        "aws:iam/role:Role cluster-nodes < cluster",
        "aws:iam/role:Role cluster-volumes < cluster",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-control-plane-AmazonEKSClusterPolicy < cluster",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-nodes-AmazonEC2ContainerRegistryReadOnly < cluster",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-nodes-AmazonEKSWorkerNodePolicy < cluster",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-nodes-AmazonEKS_CNI_Policy < cluster",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-nodes-AmazonSSMManagedInstanceCore < cluster",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment cluster-volumes-AmazonEBSCSIDriverPolicy < cluster",
        "aws:kms/alias:Alias cluster-key < cluster",
        "aws:kms/key:Key cluster-key < cluster",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cluster-app < cluster",
        "meridian:aws:Eks cluster",
      ]
    `);
  });

  test("encrypts secrets, logs every call, and is reached from inside only", async () => {
    const { inputs, protect } = find(await made("cloud"), "cluster", ":Cluster");
    expect(protect).toBe(true);
    expect(inputs).toMatchObject({
      name: "hse-us-east",
      version: "1.33",
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: { resources: ["secrets"] },
      vpcConfig: {
        subnetIds: [0, 1, 2].map((at) => `network.privateSubnetIds-us-east.${String(at)}`),
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
      },
      tags: TAGS("cluster", "us-east", "customer"),
    });
  });

  test("node groups grow between their limits, on images of their architecture", async () => {
    expect(find(await made(), "cluster-general", ":NodeGroup").inputs).toMatchObject({
      clusterName: "hse-us-east",
      nodeGroupName: "general",
      amiType: "AL2023_ARM_64_STANDARD",
      capacityType: "ON_DEMAND",
      instanceTypes: ["m7g.large"],
      scalingConfig: { minSize: 3, maxSize: 6, desiredSize: 3 },
      updateConfig: { maxUnavailable: 1 },
    });
  });

  test("nodes ask for no old-style credentials and keep nothing in clear", async () => {
    expect(find(await made(), "cluster-general", ":LaunchTemplate").inputs).toMatchObject({
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [{ ebs: { encrypted: "true", volumeSize: 50 } }],
    });
  });
});
