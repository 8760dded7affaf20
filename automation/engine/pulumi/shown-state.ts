import type { GraphResource, StackState } from "../engine";
import { shownAll } from "../graph/shown";
import { isRootStack } from "../graph/urn";
import type { Properties } from "../sandbox/values";
import type { Deployment, StateResource } from "./checkpoint";
import { hashInNote } from "./note";

/** A state as the contract of engines shows it: no secret, no bookkeeping of Pulumi's own. */
export function shownState(
  stack: string,
  deployment: Deployment | undefined,
  note: string | undefined,
): StackState {
  const resources = (deployment?.resources ?? []).filter(isShown).map(shownResource);
  const updatedAt = deployment?.manifest?.time;
  const specHash = note === undefined ? undefined : hashInNote(note);
  return {
    stack,
    resources,
    pending: (deployment?.pending_operations ?? []).map(({ type, resource }) => `${type} ${resource.urn}`),
    ...(updatedAt === undefined ? {} : { updatedAt }),
    ...(specHash === undefined ? {} : { specHash }),
  };
}

const isShown = ({ type, urn, delete: doomed }: StateResource): boolean =>
  doomed !== true &&
  !isRootStack(type) &&
  !(type.startsWith("pulumi:providers:") && /::default(_|$)/.test(urn));

function shownResource(resource: StateResource): GraphResource {
  const { urn, type, custom, parent, protect = false, dependencies = [], inputs = {} } = resource;
  const isTop = parent === undefined || isRootStack(parent.split("::")[2] ?? "");
  return {
    urn,
    type,
    name: urn.split("::").slice(3).join("::"),
    custom,
    ...(isTop ? {} : { parent }),
    dependencies: [...dependencies].sort(),
    protect,
    // A checkpoint is JSON.
    inputs: shownAll(inputs as Properties),
  };
}
