/** The networks of a platform on AWS: a VPC a region, and what joins them. */
import type { AwsRegionRef } from "./account";

/** One availability zone, with a block in each tier. */
export interface AwsZoneNetwork {
  /** `az1`: the same in every account, unlike `us-east-1a`. */
  readonly key: string;
  /** For example `use1-az1`. */
  readonly zoneId: string;
  /** Load balancers and NAT gateways: what the internet may reach. */
  readonly public: string;
  /** Nodes, pods and instances: reach the internet through NAT, and nobody there reaches them. */
  readonly private: string;
  /** Databases and caches: no way to the internet or from it. */
  readonly database: string;
}

/** The VPC of one region. */
export interface AwsRegionNetwork extends AwsRegionRef {
  readonly cidr: string;
  /** The half of `cidr` that holds the private and the database subnets. */
  readonly internal: string;
  readonly zones: readonly AwsZoneNetwork[];
  /**
   * `zone`: a NAT gateway in each, so that losing a zone leaves the others their way out. `region`: one for all,
   * for a third of the cost.
   */
  readonly nat: "zone" | "region";
  /** Subnets say that Kubernetes may put load balancers in them. */
  readonly kubernetes: boolean;
}

export interface AwsPeering {
  /** The region that asks; the other one accepts. */
  readonly from: string;
  readonly to: string;
}

export interface AwsNetworkSpec {
  readonly kind: "aws/network";
  /** Of the component, for example `network`. */
  readonly name: string;
  readonly regions: readonly AwsRegionNetwork[];
  /** Every pair of regions that reach each other; routes go both ways. */
  readonly peerings: readonly AwsPeering[];
  /** Ports that the internal half of every region may reach in the database subnets. */
  readonly databasePorts: readonly number[];
  /** A private zone that all the VPCs see: `eden.internal`. */
  readonly internalDomain?: string;
  /** Of the flow logs, which every VPC writes. */
  readonly flowLogDays: number;
}
