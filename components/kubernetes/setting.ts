import type { ProgramContext } from "../program-context";

/** Where a Kubernetes component stands: what its spec alone does not say. */
export interface KubernetesSetting {
  readonly platform: string;
  readonly region: string;
  readonly context: ProgramContext;
}

/** Kubernetes' recommended labels, and the region everything of a stack belongs to. */
export const labelsOf = (
  { platform, region }: Pick<KubernetesSetting, "platform" | "region">,
  name: string,
): Readonly<Record<string, string>> => ({
  "app.kubernetes.io/managed-by": "meridian",
  "app.kubernetes.io/name": name,
  "app.kubernetes.io/part-of": platform,
  "meridian.dev/region": region,
});
