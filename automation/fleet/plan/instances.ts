/** Application instances: as many as the region's capacity says, and what they are told. */
import type { PlatformManifest } from "../../manifest/schema/manifest";
import {
  type InstanceBucket,
  INSTANCES_SERVICE,
  type InstanceScaling,
  type InstancesSpec,
} from "../specs/aws/instances";
import { awsName } from "./aws-names";
import { cellOf, type PlanInput, type PlannedRegion, writerOf } from "./plan-input";

type Services = PlatformManifest["spec"]["services"];
export type Instances = Extract<NonNullable<Services["apps"]>, { engine: "instances" }>;

/** Room for one zone to be lost and for what takes a minute to start. */
const CPU_PERCENT = 60;
const PORT = 8_080;
const LONGEST_BUCKET = 63;
const DEFAULT_HEALTH = "/health";
/** Platforms that are labelled so hold nothing that matters. */
const NOT_PRODUCTION = ["dev", "development", "test"];

/** Families that end in a `g` before the dot are AWS's own ARM processors: `m7g.large`. */
const isArm = (type: string): boolean => /^[a-z]+\d+g/.test(type);

/** Types of the same size and processor, so that spare capacity of one may be missing: `m7g.large`, `m6g.large`. */
const alternativesOf = (type: string): readonly string[] => {
  const size = type.split(".")[1] ?? "large";
  return (isArm(type) ? ["m7g", "m6g", "r7g", "c7g"] : ["m7i", "m6i", "m6a", "r6i"])
    .map((family) => `${family}.${size}`)
    .filter((other) => other !== type);
};

/** The most instances a region can have, while all are busy. */
export function mostInstances({ fleet }: PlanInput, { manifest }: PlannedRegion): number {
  const { instances, maximum } = manifest.spec.capacity;
  const { apps } = fleet.platform.spec.services;
  const factor = apps?.engine === "instances" && apps.scaling === "hpa" ? apps.maximumFactor : 1;
  return Math.max(
    1,
    instances,
    apps?.engine === "instances" && apps.scaling === "fixed" ? 0 : maximum || instances * factor,
  );
}

function scalingOf(input: PlanInput, { scaling }: Instances, region: PlannedRegion): InstanceScaling {
  const minimum = Math.max(1, region.manifest.spec.capacity.instances);
  return scaling === "fixed"
    ? { kind: "fixed", instances: minimum }
    : { kind: "by-cpu", minimum, maximum: mostInstances(input, region), cpuPercent: CPU_PERCENT };
}

const isSpot = ({ fleet }: PlanInput, { spot }: Instances): boolean =>
  spot === "dev-and-test" && NOT_PRODUCTION.includes(fleet.platform.spec.labels["environment"] ?? "");

const onOff = (value: boolean): string => (value ? "on" : "off");

function environmentOf(
  { fleet }: PlanInput,
  apps: Instances,
  region: string,
): Readonly<Record<string, string>> {
  const { postgres } = fleet.platform.spec.services;
  return {
    REGION: region,
    PLATFORM: fleet.platform.metadata.name,
    COMPRESSION: onOff(apps.compression),
    KEEP_ALIVE: onOff(apps.keepAlive),
    ASYNC_WORK: onOff(apps.asynchronousWork),
    QUERY_CACHE: onOff(apps.queryCache),
    PREPARED_STATEMENTS: onOff(apps.preparedStatements),
    ...(postgres?.engine === "streaming" ? { DATABASE_POOL_SIZE: String(postgres.poolSize) } : {}),
  };
}

/** As buckets are named where they are made: in the platform's first region, which no failover changes. */
function bucketsOf({ fleet, regions }: PlanInput): readonly InstanceBucket[] {
  const { objectStore } = fleet.platform.spec.services;
  const home = regions[0]?.name ?? "";
  return objectStore?.engine === "s3"
    ? objectStore.buckets.map(({ name: key }) => ({
        key,
        bucket: awsName(LONGEST_BUCKET, fleet.platform.metadata.name, key, home),
      }))
    : [];
}

/** The instances of one region. */
export function instancesSpec(input: PlanInput, apps: Instances, region: PlannedRegion): InstancesSpec {
  const { platform } = input.fleet;
  const { postgres, redis } = platform.spec.services;
  const { name } = platform.metadata;
  return {
    kind: "apps/instances",
    name: "apps",
    region: region.name,
    location: region.manifest.spec.location,
    prefix: `${name}-${region.name}-apps`,
    instanceType: apps.instanceType,
    alternatives: alternativesOf(apps.instanceType),
    architecture: isArm(apps.instanceType) ? "arm64" : "x86_64",
    spot: isSpot(input, apps),
    scaling: scalingOf(input, apps, region),
    image: `${name}/${INSTANCES_SERVICE}:stable`,
    port: PORT,
    health: platform.spec.traffic?.healthCheck.path ?? DEFAULT_HEALTH,
    environment: environmentOf(input, apps, region.name),
    ...(postgres?.engine === "streaming" ? { writer: writerOf(cellOf(input, region.name)) } : {}),
    readsHere: apps.reads === "nearest",
    cache: redis?.engine === "cluster",
    buckets: bucketsOf(input),
  };
}
