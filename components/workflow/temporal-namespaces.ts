/**
 * The Temporal namespaces of one shard of workspaces that are active in one region, by a Job.
 *
 * A failover of their cell moves them to the shard's stack in another region, whose Job makes that region's
 * cluster the active one: it asks nothing of the region that is lost. Deleting the Job deletes no namespace.
 */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { WorkflowNamespacesSpec } from "../../automation/fleet/specs/kubernetes/temporal";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { namespacesScript } from "./temporal-connect";
import { CLIENT_PATH, FRONTEND_CERTIFICATE, TOOLS_IMAGE } from "./temporal-names";

export class WorkflowNamespaces extends ComponentResource {
  /** Done when every namespace is registered. */
  readonly ready: readonly Resource[];

  constructor(spec: WorkflowNamespacesSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:workflow:Namespaces", spec.name, {}, opts);
    const labels = labelsOf(setting, "temporal");
    const job = runOnceSpec({
      image: TOOLS_IMAGE,
      script: namespacesScript(spec.namespace, spec.namespaces),
      labels,
      secrets: { [CLIENT_PATH]: FRONTEND_CERTIFICATE },
    });
    const metadata = { name: spec.name, namespace: spec.namespace, labels: { ...labels } };
    this.ready = [new Job(`${spec.name}-register`, { metadata, spec: job }, { parent: this })];
    this.registerOutputs({ namespaces: spec.namespaces.map(({ name }) => name) });
  }
}
