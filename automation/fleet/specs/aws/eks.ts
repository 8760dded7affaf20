/** A Kubernetes cluster of AWS in one region, with the machines it runs on. */
import type { Deletion } from "../deletion";

export interface EksNodeGroupSpec {
  /** For example `general`. */
  readonly name: string;
  /** Several where spare capacity is used: AWS takes what it has. */
  readonly instanceTypes: readonly string[];
  readonly architecture: "arm64" | "x86_64";
  readonly spot: boolean;
  readonly minimum: number;
  readonly maximum: number;
  readonly diskGib: number;
}

/** Addons that AWS keeps up to date, at the version it recommends for the cluster's. */
export type EksAddon =
  "vpc-cni" | "coredns" | "kube-proxy" | "eks-pod-identity-agent" | "aws-ebs-csi-driver" | "metrics-server";

export interface EksClusterSpec {
  readonly kind: "aws/eks";
  /** Of the component, for example `cluster`. */
  readonly name: string;
  readonly region: string;
  /** Of the cluster, for example `eden-us-east-1`. */
  readonly cluster: string;
  /** For example `1.33`. */
  readonly version: string;
  readonly nodeGroups: readonly EksNodeGroupSpec[];
  readonly addons: readonly EksAddon[];
  /** Who reaches the API server from outside the VPC; none: only from inside. */
  readonly publicAccess: readonly string[];
  /** Where the load balancer reaches every node, by the service whose target group it is. */
  readonly targets: readonly { readonly service: string; readonly port: number }[];
  readonly logDays: number;
  /** The cluster holds no data of its own, but what runs in it does. */
  readonly deletion: Deletion;
}
