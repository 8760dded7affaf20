/** Applications on EC2 behind the region's load balancer. */

/** The one service of such a platform, as the load balancer names its target group. */
export const INSTANCES_SERVICE = "app";

/** How many there are: as many as the manifest says, or up to a limit while they are busy. */
export type InstanceScaling =
  | { readonly kind: "fixed"; readonly instances: number }
  | {
      readonly kind: "by-cpu";
      readonly minimum: number;
      readonly maximum: number;
      readonly cpuPercent: number;
    };

export interface InstanceBucket {
  /** For example `uploads`. */
  readonly key: string;
  /** Physical name. */
  readonly bucket: string;
}

export interface InstancesSpec {
  readonly kind: "apps/instances";
  readonly name: string;
  readonly region: string;
  /** For example `us-east-1`. */
  readonly location: string;
  /** Begins the physical names, for example `hse-us-east-apps`. */
  readonly prefix: string;
  readonly instanceType: string;
  /** Types that may stand in for it where spare capacity is used. */
  readonly alternatives: readonly string[];
  readonly architecture: "arm64" | "x86_64";
  /** Spare capacity, which AWS takes back at two minutes' notice: never for production. */
  readonly spot: boolean;
  readonly scaling: InstanceScaling;
  /** Container image of the application, in the region's own registry. */
  readonly image: string;
  readonly port: number;
  /** Path that answers 200 while an instance is healthy. */
  readonly health: string;
  /** What every instance of the region is told; no secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where writes go: this region's own database, or that of another. */
  readonly writer?: string;
  /** True where a region reads from its own replica. */
  readonly readsHere: boolean;
  readonly cache: boolean;
  /** Buckets the applications read and write, by the manifest's name; where they are does not matter to them. */
  readonly buckets: readonly InstanceBucket[];
}
