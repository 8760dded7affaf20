import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { NamespacesSpec } from "../../automation/fleet/specs/kubernetes/namespaces";
import { isolatedNamespace } from "./isolated-namespace";
import { labelsOf, type KubernetesSetting } from "./setting";

/** The namespaces of a platform's own services, made before anything that lives in them. */
export class Namespaces extends ComponentResource {
  /** What lives in them waits for these. */
  readonly ready: readonly Resource[];

  constructor(spec: NamespacesSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:kubernetes:Namespaces", spec.name, {}, opts);
    const labels = labelsOf(setting, spec.name);
    this.ready = spec.namespaces.map((namespace) =>
      isolatedNamespace(`${spec.name}-${namespace.name}`, namespace, labels, this),
    );
    this.registerOutputs({ namespaces: spec.namespaces.map(({ name }) => name) });
  }
}
