/** Routing tables as the committed manifests make them. */
import { planInput, type PlanInput } from "../../automation/fleet/plan/plan-input";
import { type RouterTraffic, routingShards, routingTable } from "../../automation/fleet/plan/routing-table";
import { buildTopology } from "../../automation/fleet/build-topology";
import { groupFleet } from "../../automation/fleet/fleet";
import type { RoutingEntry, RoutingTable } from "../../automation/fleet/specs/cloudflare/routing-table";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { filesOf, load, locate } from "../fleet/build-manifests";

export interface Made {
  readonly input: PlanInput;
  readonly traffic: RouterTraffic;
  readonly table: RoutingTable;
  readonly entries: ReadonlyMap<string, RoutingEntry>;
}

export function made(files: readonly SourceFile[]): Made {
  const [fleet] = groupFleet(load(files).map(({ manifest }) => manifest)).platforms;
  const traffic = fleet?.platform.spec.traffic;
  if (fleet === undefined || traffic?.engine !== "router") throw new RangeError("no platform with a router");
  const input = planInput(fleet, buildTopology(fleet, locate));
  const entries = new Map(routingShards(input).flatMap(({ workspaces }) => Object.entries(workspaces)));
  return { input, traffic, table: routingTable(input, traffic), entries };
}

export const hse = (): Made => made(filesOf("hse"));
export const portarium = (): Made => made(filesOf("portarium"));
