import type { Settings } from "../cloud";
import { textAt, type Properties } from "../values";

/**
 * Which cluster a provider means. Never a digest of the kubeconfig: new credentials are the same cluster.
 */
export function clusterSettings(config: Properties): Settings {
  const cluster =
    textAt(config, "clusterIdentifier") ??
    textAt(config, "cluster") ??
    textAt(config, "context") ??
    currentContext(textAt(config, "kubeconfig") ?? "") ??
    "default";
  const namespace = textAt(config, "namespace");
  return { cluster, ...(namespace === undefined ? {} : { namespace }) };
}

/** The current context of a kubeconfig in YAML or JSON. */
function currentContext(kubeconfig: string): string | undefined {
  const found = /["']?current-context["']?\s*:\s*["']?([^"'\s,}]+)/.exec(kubeconfig);
  return found?.[1];
}
