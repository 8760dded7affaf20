import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { AwsAccountSpec } from "../automation/fleet/specs/aws/account";
import type { ComponentSpec } from "../automation/fleet/specs/component-spec";
import { stackId, type StackSpec } from "../automation/fleet/stack-spec";
import { Instances } from "./apps/instances";
import { AwsDirectory } from "./aws/directory";
import { EksCluster } from "./aws/eks";
import { AwsLoadBalancer } from "./aws/load-balancer";
import { AwsNetwork } from "./aws/network";
import { AwsProviders } from "./aws/providers";
import { StackReferences } from "./aws/references";
import type { AwsSetting } from "./aws/setting";
import { PglogicalDatabase } from "./postgres/pglogical-database";
import { StreamingPostgres } from "./postgres/streaming";
import { S3Buckets } from "./objectstore/s3";
import type { ProgramContext, ProgramOutputs } from "./program-context";
import { ProgramError } from "./program-error";
import { RedisCluster } from "./redis/cluster";
import { RedisTenants } from "./redis/cluster-tenants";
import { RegionMetrics } from "./telemetry/metrics";
import { RegionalSecrets } from "./secrets/regional";
import { AlarmChannels } from "./telemetry/metrics-channels";
import { Route53Traffic } from "./traffic/route53";
import { Route53Zone } from "./traffic/route53-zone";

/** Registers an AWS stack: networks and keys first, then what stands in them, then what watches it. */
export function buildAws(spec: StackSpec, context: ProgramContext): ProgramOutputs {
  const stack = stackId(spec);
  const setting: AwsSetting = {
    platform: spec.platform,
    scope: spec.region ?? spec.stack,
    context,
    providers: new AwsProviders(stack, accountOf(spec), context),
    references: new StackReferences(spec.platform, stack),
    directory: new AwsDirectory(stack),
  };
  const opts = { providers: [setting.providers.first] };
  const outputs = STAGES.flatMap((stage) =>
    spec.components
      .filter((component) => stageOf(component, spec) === stage)
      .map((component) => build(component, setting, opts)),
  );
  return { region: setting.scope, ...(Object.assign({}, ...outputs) as ProgramOutputs) };
}

type Stage = "account" | "foundation" | "cluster" | "data" | "apps" | "traffic" | "alerts";
const STAGES: readonly Stage[] = ["foundation", "cluster", "data", "apps", "traffic", "alerts"];

/** Nothing is made before what it finds in the setting's directory. */
function stageOf({ kind }: ComponentSpec, stack: StackSpec): Stage {
  switch (kind) {
    case "aws/account":
      return "account";
    case "aws/network":
    case "traffic/route53-zone":
    case "telemetry/channels":
    case "aws/load-balancer":
    case "objectstore/s3":
    case "secrets/regional":
      return "foundation";
    case "aws/eks":
      return "cluster";
    case "traffic/route53":
      return "traffic";
    case "postgres/streaming":
    case "postgres/pglogical-database":
    case "redis/cluster":
    case "redis/tenants":
      return "data";
    case "apps/instances":
      return "apps";
    case "telemetry/metrics":
      return "alerts";
    default:
      throw new ProgramError("MRD5012", stackId(stack), `an AWS stack cannot hold a "${kind}"`);
  }
}

function accountOf(stack: StackSpec): AwsAccountSpec {
  const found = stack.components.find((component) => component.kind === "aws/account");
  if (found !== undefined) return found;
  throw new ProgramError("MRD5011", stackId(stack), "the stack names no aws/account");
}

/** Makes one component and returns what other stacks may read of it. */
function build(
  component: ComponentSpec,
  setting: AwsSetting,
  opts: ComponentResourceOptions,
): ProgramOutputs {
  switch (component.kind) {
    case "aws/network":
      return new AwsNetwork(component, setting, opts).outputs;
    case "aws/load-balancer":
      return new AwsLoadBalancer(component, setting, opts).outputs;
    case "objectstore/s3":
      new S3Buckets(component, setting, opts);
      return {};
    case "secrets/regional":
      new RegionalSecrets(component, setting, opts);
      return {};
    case "aws/eks":
      return new EksCluster(component, setting, opts).outputs;
    case "traffic/route53-zone":
      return new Route53Zone(component, setting, opts).outputs;
    case "traffic/route53":
      return { [component.name]: new Route53Traffic(component, setting, opts).hostname };
    case "telemetry/channels":
      new AlarmChannels(component, setting, opts);
      return {};
    case "postgres/streaming":
      return new StreamingPostgres(component, setting, opts).outputs;
    case "postgres/pglogical-database":
      return new PglogicalDatabase(component, setting, opts).outputs;
    case "redis/cluster":
      return new RedisCluster(component, setting, opts).outputs;
    case "redis/tenants":
      new RedisTenants(component, setting, opts);
      return {};
    case "apps/instances":
      new Instances(component, setting, opts);
      return {};
    case "telemetry/metrics":
      new RegionMetrics(component, setting, opts);
      return {};
    default:
      return {};
  }
}
