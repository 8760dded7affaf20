import { textAt, valueAt, type Properties } from "../values";
import { clusterKinds } from "./kinds";

/** `kubernetes:apps/v1:Deployment` taken apart; the core group is the empty string. */
export interface KubernetesType {
  readonly group: string;
  readonly apiVersion: string;
  readonly kind: string;
}

/** Reads the type from its token: custom resources have theirs too. */
export function kubernetesType(token: string): KubernetesType {
  const [, module = "", kind = ""] = token.split(":");
  const apiVersion = module.replace(/^core\//, "");
  const slash = apiVersion.lastIndexOf("/");
  return { group: slash < 0 ? "" : apiVersion.slice(0, slash), apiVersion, kind };
}

/** `apps/Deployment`, or `Service` for the core group: the name of a row in the tables. */
export const rowOf = ({ group, kind }: KubernetesType): string => (group === "" ? kind : `${group}/${kind}`);

/** False for kinds of the whole cluster. */
export const isNamespaced = (type: KubernetesType): boolean => !clusterKinds.has(type.kind);

/** The name in the cluster, as far as it is known. */
export const objectName = (inputs: Properties): string => textAt(inputs, "metadata", "name") ?? "";

/** `shop/web`, or `shop` for kinds of the whole cluster: the id Pulumi gives an object. */
export function objectId(type: KubernetesType, inputs: Properties): string {
  const name = objectName(inputs);
  return isNamespaced(type) ? `${textAt(inputs, "metadata", "namespace") ?? "default"}/${name}` : name;
}

/** The number at a path, or what the API server takes when there is none. */
export function count(inputs: Properties, fallback: number, ...path: readonly string[]): number {
  const found = valueAt(inputs, ...path);
  return typeof found === "number" ? found : fallback;
}
