import type { Provider } from "@pulumi/azure-native/provider";
import type { ComponentResource, ComponentResourceOptions, Output } from "@pulumi/pulumi";
import type { AzureSubscriptionSpec } from "../automation/fleet/specs/azure/subscription";
import type { ComponentSpec } from "../automation/fleet/specs/component-spec";
import { stackId, type StackSpec } from "../automation/fleet/stack-spec";
import { AppService } from "./apps/app-service";
import { ArmDirectory } from "./azure/arm-directory";
import { ResourceGroup } from "./azure/resource-group";
import type { AzureSetting } from "./azure/setting";
import { subscriptionProvider } from "./azure/subscription";
import { CosmosAccount } from "./cosmos/account";
import type { ProgramContext, ProgramOutputs } from "./program-context";
import { ProgramError } from "./program-error";
import { AzureCache } from "./redis/azure-cache";
import { AzureCacheLink } from "./redis/azure-cache-link";
import { AzureAlerts } from "./telemetry/azure-alerts";
import { AzureWorkspace } from "./telemetry/azure-workspace";
import { TrafficManager } from "./traffic/traffic-manager";

/** Registers an Azure stack: groups, then where logs go, then data, apps and traffic, then what watches them. */
export function buildAzure(spec: StackSpec, context: ProgramContext): ProgramOutputs {
  const subscription = subscriptionOf(spec);
  const setting: AzureSetting = {
    platform: spec.platform,
    scope: spec.region ?? spec.stack,
    context,
    arm: new ArmDirectory(context.secret(subscription.subscriptionId)),
  };
  const program = new AzureProgram(setting, subscriptionProvider(subscription, context));
  for (const stage of STAGES) {
    program.make(spec.components.filter((component) => stageOf(component, spec) === stage));
  }
  return { region: setting.scope, components: spec.components.map(({ name }) => name).join(",") };
}

type Stage = "subscription" | "groups" | "logs" | "data" | "apps" | "traffic" | "alerts";
const STAGES: readonly Stage[] = ["groups", "logs", "data", "apps", "traffic", "alerts"];

/** Nothing is made before what it lives in or refers to. */
function stageOf({ kind }: ComponentSpec, stack: StackSpec): Stage {
  switch (kind) {
    case "azure/subscription":
      return "subscription";
    case "azure/resource-group":
      return "groups";
    case "telemetry/azure-workspace":
      return "logs";
    case "cosmos/account":
    case "redis/azure-cache":
      return "data";
    case "apps/app-service":
      return "apps";
    case "redis/azure-cache-link":
    case "traffic/traffic-manager":
      return "traffic";
    case "telemetry/azure-alerts":
      return "alerts";
    default:
      throw new ProgramError("MRD5012", stackId(stack), `an Azure stack cannot hold a "${kind}"`);
  }
}

function subscriptionOf(stack: StackSpec): AzureSubscriptionSpec {
  const found = stack.components.find((component) => component.kind === "azure/subscription");
  if (found !== undefined) return found;
  throw new ProgramError("MRD5011", stackId(stack), "the stack names no azure/subscription");
}

/** What has been made so far: each stage waits for the ones before it. */
class AzureProgram {
  readonly #built: ComponentResource[] = [];
  #connectionString: Output<string> | undefined;

  constructor(
    private readonly setting: AzureSetting,
    private readonly provider: Provider,
  ) {}

  make(components: readonly ComponentSpec[]): void {
    const opts = { providers: [this.provider], dependsOn: [...this.#built] };
    this.#built.push(...components.flatMap((component) => this.#one(component, opts)));
  }

  #one(component: ComponentSpec, opts: ComponentResourceOptions): readonly ComponentResource[] {
    const { setting } = this;
    switch (component.kind) {
      case "azure/resource-group":
        return [new ResourceGroup(component, setting, opts)];
      case "telemetry/azure-workspace":
        return [this.#workspace(new AzureWorkspace(component, setting, opts))];
      case "cosmos/account":
        return [new CosmosAccount(component, setting, opts)];
      case "redis/azure-cache":
        return [new AzureCache(component, setting, opts)];
      case "redis/azure-cache-link":
        return [new AzureCacheLink(component, setting, opts)];
      case "apps/app-service": {
        const traces = component.insights === undefined ? undefined : this.#connectionString;
        return [
          new AppService(component, setting, {
            ...opts,
            ...(traces === undefined ? {} : { connectionString: traces }),
          }),
        ];
      }
      case "traffic/traffic-manager":
        return [new TrafficManager(component, setting, opts)];
      case "telemetry/azure-alerts":
        return [new AzureAlerts(component, setting, opts)];
      default:
        return [];
    }
  }

  #workspace(made: AzureWorkspace): AzureWorkspace {
    this.#connectionString = made.connectionString ?? this.#connectionString;
    return made;
  }
}
