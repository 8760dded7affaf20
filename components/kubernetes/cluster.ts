import { Provider } from "@pulumi/kubernetes/provider";
import type { KubernetesClusterSpec } from "../../automation/fleet/specs/kubernetes/cluster";
import { eksKubeconfig } from "../aws/kubeconfig";
import type { ProgramContext } from "../program-context";

/** The provider every resource of a Kubernetes stack is made with: server-side apply, so operators keep their fields. */
export function clusterProvider(
  spec: KubernetesClusterSpec,
  platform: string,
  context: ProgramContext,
): Provider {
  return new Provider(spec.name, {
    kubeconfig:
      "secret" in spec.kubeconfig
        ? context.secret(spec.kubeconfig)
        : eksKubeconfig(spec.kubeconfig, platform, spec.name, context),
    enableServerSideApply: true,
    // New credentials are the same cluster: without this a rotated kubeconfig would replace every resource.
    clusterIdentifier: `${platform}/${spec.name}`,
    ...(spec.context === undefined ? {} : { context: spec.context }),
  });
}
