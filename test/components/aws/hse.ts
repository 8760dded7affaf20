/** hse's regions as the planner makes them, with a stand-in for what the foundation puts in the directory. */
import { instancesRegion } from "../../../automation/fleet/plan/instances-platform";
import { planInput, type PlanInput, type PlannedRegion } from "../../../automation/fleet/plan/plan-input";
import { buildTopology } from "../../../automation/fleet/build-topology";
import { groupFleet } from "../../../automation/fleet/fleet";
import type { SourceFile } from "../../../automation/manifest/diagnostic";
import type { ComponentSpec } from "../../../automation/fleet/specs/component-spec";
import { AwsDirectory } from "../../../components/aws/directory";
import { AwsProviders } from "../../../components/aws/providers";
import { StackReferences } from "../../../components/aws/references";
import type { AwsSetting } from "../../../components/aws/setting";
import { Instances } from "../../../components/apps/instances";
import { StreamingPostgres } from "../../../components/postgres/streaming";
import { RedisCluster } from "../../../components/redis/cluster";
import { RedisTenants } from "../../../components/redis/cluster-tenants";
import { RegionMetrics } from "../../../components/telemetry/metrics";
import { AlarmChannels } from "../../../components/telemetry/metrics-channels";
import { filesOf, load, locate } from "../../fleet/build-manifests";
import { context, registered, type Registered } from "../registered";
import { account } from "./stacks";

export const hse = filesOf("hse");

/** All the planner reads of these files. */
export function inputOf(files: readonly SourceFile[]): PlanInput {
  const { platforms } = groupFleet(load(files).map(({ manifest }) => manifest));
  const [fleet] = platforms;
  if (fleet === undefined) throw new RangeError("no platform in the files");
  return planInput(fleet, buildTopology(fleet, locate));
}

export function regionIn(input: PlanInput, name: string): PlannedRegion {
  const found = input.regions.find((region) => region.name === name);
  if (found === undefined) throw new RangeError(`no region ${name}`);
  return found;
}

/** The specs of one region. */
export const specsOf = (files: readonly SourceFile[], region: string): readonly ComponentSpec[] => {
  const input = inputOf(files);
  return instancesRegion(input, regionIn(input, region));
};

const ORDER = [
  "telemetry/channels",
  "postgres/streaming",
  "redis/cluster",
  "redis/tenants",
  "apps/instances",
  "telemetry/metrics",
];

function settingOf(region: string, target: "sandbox" | "cloud"): AwsSetting {
  const directory = new AwsDirectory(`hse/${region}`);
  const arn = "arn:aws:elasticloadbalancing:us-east-1:1:";
  directory.add("load-balancer-security-group", "sg-balancer");
  directory.add("load-balancer", `${arn}loadbalancer/app/hse/1`);
  directory.add("target-group/app", `${arn}targetgroup/app/2`);
  const regions = account(
    ["us-east", "us-east-1"],
    ["eu-west", "eu-west-1"],
    ["ap-southeast", "ap-southeast-1"],
  );
  return {
    platform: "hse",
    scope: region,
    context: context(target),
    providers: new AwsProviders(`hse/${region}`, regions, context(target)),
    references: new StackReferences("hse", region),
    directory,
  };
}

function make(spec: ComponentSpec, setting: AwsSetting): void {
  const opts = { providers: [setting.providers.of(setting.scope)] };
  switch (spec.kind) {
    case "telemetry/channels":
      new AlarmChannels(spec, setting, opts);
      break;
    case "postgres/streaming":
      new StreamingPostgres(spec, setting, opts);
      break;
    case "redis/cluster":
      new RedisCluster(spec, setting, opts);
      break;
    case "redis/tenants":
      new RedisTenants(spec, setting, opts);
      break;
    case "apps/instances":
      new Instances(spec, setting, opts);
      break;
    case "telemetry/metrics":
      new RegionMetrics(spec, setting, opts);
      break;
    default:
      throw new RangeError(spec.kind);
  }
}

/** Resources of these specs, without providers and references. */
export async function built(
  specs: readonly ComponentSpec[],
  region: string,
  target: "sandbox" | "cloud" = "sandbox",
): Promise<readonly Registered[]> {
  const sorted = [...specs].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  const all = await registered(() => {
    const setting = settingOf(region, target);
    for (const spec of sorted) make(spec, setting);
  });
  return all.filter(({ type }) => !type.startsWith("pulumi:"));
}
