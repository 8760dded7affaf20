/** What a region of hse would hold, small. */
import type { EksClusterSpec } from "../../../automation/fleet/specs/aws/eks";
import type { AwsLoadBalancerSpec } from "../../../automation/fleet/specs/aws/load-balancer";

export const balancer: AwsLoadBalancerSpec = {
  kind: "aws/load-balancer",
  name: "balancer",
  region: "us-east",
  loadBalancer: "hse-us-east",
  certificate: {
    kind: "issued",
    zone: "hse-digital.example",
    zoneOf: "network",
    hosts: ["app.hse-digital.example", "app.us-east.hse-digital.example"],
  },
  targets: [
    {
      service: "app",
      targetGroup: "hse-us-east-app",
      port: 30443,
      protocol: "HTTPS",
      health: { path: "/api/health", interval: 30, timeout: 10, healthy: 2, unhealthy: 3, codes: "200" },
      drainSeconds: 30,
    },
  ],
  deletion: "protected",
};

export const cluster: EksClusterSpec = {
  kind: "aws/eks",
  name: "cluster",
  region: "us-east",
  cluster: "hse-us-east",
  version: "1.33",
  nodeGroups: [
    {
      name: "general",
      instanceTypes: ["m7g.large"],
      architecture: "arm64",
      spot: false,
      minimum: 3,
      maximum: 6,
      diskGib: 50,
    },
  ],
  addons: ["vpc-cni", "aws-ebs-csi-driver"],
  publicAccess: [],
  targets: [{ service: "app", port: 30443 }],
  logDays: 30,
  deletion: "protected",
};
