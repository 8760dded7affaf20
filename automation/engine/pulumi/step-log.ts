import type { EngineEvent as PulumiEvent, StepEventMetadata } from "@pulumi/pulumi/automation/events";
import { isRootStack } from "../graph/urn";
import { topLevel } from "../sandbox/difference";
import type { EngineEvent, Operation, ResourceStep } from "../engine";
import type { Complaint } from "./child-protocol";
import { isOfResource, labelOf } from "./resource-label";

/** Makes one run's steps and complaints of the engine's events, and tells each as it comes. */
export class StepLog {
  readonly complaints: Complaint[] = [];
  readonly violations: string[] = [];
  private readonly found = new Map<string, ResourceStep>();
  private readonly said = new Set<string>();

  constructor(
    private readonly stack: string,
    private readonly onEvent: (event: EngineEvent) => void,
  ) {}

  /** Sorted by urn. */
  get steps(): readonly ResourceStep[] {
    return [...this.found.values()].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
  }

  add(event: PulumiEvent): void {
    if (event.resourcePreEvent) this.step(event.resourcePreEvent.metadata, "running");
    if (event.resOutputsEvent) this.step(event.resOutputsEvent.metadata, "done");
    if (event.resOpFailedEvent) this.step(event.resOpFailedEvent.metadata, "failed");
    if (event.diagnosticEvent && !event.diagnosticEvent.ephemeral) {
      const { severity, message, urn } = event.diagnosticEvent;
      this.say(severity, plain(message), urn);
    }
    if (event.policyEvent) this.policy(event.policyEvent);
  }

  private step(metadata: StepEventMetadata, status: "running" | "done" | "failed"): void {
    const [, , types = "", ...name] = metadata.urn.split("::");
    const type = metadata.type || (types.split("$").at(-1) ?? types);
    if (isRootStack(type) || isDefaultProvider(type, name.join("::"))) return;
    const operation = OPERATIONS[metadata.op];
    if (operation === undefined) return;
    const step: ResourceStep = {
      urn: metadata.urn,
      type,
      name: name.join("::"),
      operation,
      changed: operation === "update" || operation === "replace" ? changedIn(metadata) : [],
    };
    this.keep(step);
    if (operation !== "same") this.onEvent({ kind: "resource", stack: this.stack, step, status });
  }

  /** A replacement is several steps of one resource; a refresh comes before what it leads to. */
  private keep(step: ResourceStep): void {
    const known = this.found.get(step.urn);
    if (known?.operation === "replace" && step.operation !== "replace") return;
    const changed = [...new Set([...(known?.changed ?? []), ...step.changed])].sort();
    const merges = known?.operation === step.operation;
    this.found.set(step.urn, merges ? { ...step, changed } : step);
  }

  /** What programs and providers say is passed on; what the engine says of itself helps nobody. */
  private say(severity: string, text: string, urn?: string): void {
    const trimmed = text.trim();
    if (trimmed === "" || !isSeverity(severity) || VERDICT.test(trimmed)) return;
    const line = isOfResource(urn) ? `${labelOf(urn)}: ${trimmed}` : trimmed;
    // The engine repeats what a provider said when it sums up.
    if (this.said.has(line)) return;
    this.said.add(line);
    if (severity === "error") this.complaints.push(urn ? { urn, text: trimmed } : { text: trimmed });
    this.onEvent({ kind: "message", stack: this.stack, severity, text: line });
  }

  private policy(event: NonNullable<PulumiEvent["policyEvent"]>): void {
    const text = `${event.policyPackName}/${event.policyName}: ${plain(event.message).trim()}`;
    if (event.enforcementLevel === "mandatory") this.violations.push(text);
    const severity = event.enforcementLevel === "mandatory" ? "error" : "warning";
    this.onEvent({ kind: "message", stack: this.stack, severity, text });
  }
}

/** Not `debug`, and not `info#err`: those are a plugin's own output. */
const isSeverity = (text: string): text is "info" | "warning" | "error" =>
  text === "info" || text === "warning" || text === "error";

/** That it failed is known; why was said before. */
const VERDICT = /^(update|preview|destroy|refresh) failed$/;

/** Steps of the engine that are not of any resource a person wrote have no entry. */
const OPERATIONS: Readonly<Partial<Record<string, Operation>>> = {
  same: "same",
  read: "same",
  create: "create",
  import: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  "read-replacement": "replace",
  "import-replacement": "replace",
  refresh: "refresh",
};

const isDefaultProvider = (type: string, name: string): boolean =>
  type.startsWith("pulumi:providers:") && name.startsWith("default");

const changedIn = ({ detailedDiff, diffs }: StepEventMetadata): readonly string[] => {
  const paths = Object.keys(detailedDiff ?? {});
  return [...new Set((paths.length > 0 ? paths : (diffs ?? [])).map(topLevel))].sort();
};

/** Without the engine's marks for colour. */
const plain = (text: string): string => text.replaceAll(/<\{%[^%]*%\}>/g, "");
