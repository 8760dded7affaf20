/** The Kubernetes API as the sandbox imitates it: any kind of any group, one world of objects a cluster. */
import type { Asked, Cloud, Settings } from "../cloud";
import { isUnder } from "../difference";
import { hex, timestamp, uuid } from "../digest";
import { overlay } from "../merge";
import { isProperties, sameValue, textAt, UNKNOWN, valueAt, type Properties } from "../values";
import { builtInNamespaces, immutableOfAll, immutableOfKind } from "./kinds";
import { isNamespaced, kubernetesType, objectId, objectName, rowOf } from "./object";
import { clusterSettings } from "./settings";
import { outputsOfKind } from "./status";

const AUTONAMED = "pulumi.com/autonamed";

function complete(asked: Asked, olds?: Properties): Properties {
  const { type, inputs, settings } = asked;
  const parsed = kubernetesType(type);
  const metadata = valueAt(inputs, "metadata");
  if (metadata === UNKNOWN) return inputs;
  const bag = isProperties(metadata) ? metadata : {};
  const named = bag["name"] === undefined ? { ...bag, ...autoName(asked, bag, olds) } : bag;
  const placed =
    isNamespaced(parsed) && named["namespace"] === undefined
      ? { ...named, namespace: settings["namespace"] ?? "default" }
      : named;
  return {
    ...inputs,
    apiVersion: textAt(inputs, "apiVersion") ?? parsed.apiVersion,
    kind: textAt(inputs, "kind") ?? parsed.kind,
    metadata: placed,
  };
}

function autoName(
  { type, name, seed = "" }: Asked,
  metadata: Properties,
  olds: Properties | undefined,
): Properties {
  const annotations = valueAt(metadata, "annotations");
  const kept =
    valueAt(olds, "metadata", "annotations", AUTONAMED) === "true" && textAt(olds, "metadata", "name");
  const stem = textAt(metadata, "generateName") ?? `${name.toLowerCase()}-`;
  return {
    name: kept === false || kept === undefined ? `${stem}${hex(8, seed, type, name)}` : kept,
    annotations: { ...(isProperties(annotations) ? annotations : {}), [AUTONAMED]: "true" },
  };
}

function shape({ type, inputs, settings }: Asked, id: string, olds?: Properties): Properties {
  const parsed = kubernetesType(type);
  const uid = textAt(olds, "metadata", "uid") ?? uuid("kubernetes", keyOf(type, id, settings));
  const specSame = sameValue(withoutDefaults(olds, inputs), valueAt(inputs, "spec"));
  const before = valueAt(olds, "metadata", "generation");
  const generation = typeof before === "number" ? before + (specSame ? 0 : 1) : 1;
  const version = Number(textAt(olds, "metadata", "resourceVersion") ?? "0") + 1;
  const metadata: Properties = {
    uid,
    resourceVersion: String(version),
    generation,
    creationTimestamp: textAt(olds, "metadata", "creationTimestamp") ?? timestamp(uid),
    ...(parsed.kind === "Namespace" ? { labels: { "kubernetes.io/metadata.name": objectName(inputs) } } : {}),
  };
  const rest = outputsOfKind[rowOf(parsed)]?.({ inputs, uid, generation }) ?? {};
  return overlay(overlay(inputs, { metadata }), rest);
}

/** The old spec as it was asked for: what the kind's row adds does not count as a change. */
function withoutDefaults(olds: Properties | undefined, inputs: Properties): Properties | undefined {
  const before = valueAt(olds, "spec");
  const now = valueAt(inputs, "spec");
  if (!isProperties(before) || !isProperties(now)) return undefined;
  return Object.fromEntries(Object.entries(before).filter(([name]) => name in now));
}

const keyOf = (type: string, id: string, settings: Settings): string => {
  const parsed = kubernetesType(type);
  return `${clusterKey(settings)}/${parsed.group === "" ? "core" : parsed.group}/${parsed.kind}/${id}`;
};

const clusterKey = (settings: Settings): string => `kubernetes/${settings["cluster"] ?? "default"}`;

/** Kubernetes, of any distribution. */
export const kubernetesCloud: Cloud = {
  name: "kubernetes",
  settings: clusterSettings,
  identitySettings: ["cluster"],
  complete,
  problems: ({ inputs }) => {
    const name = textAt(inputs, "metadata", "name");
    if (name === undefined || name === UNKNOWN || /^[a-z0-9]([a-z0-9.:-]{0,251}[a-z0-9])?$/.test(name))
      return [];
    return [
      {
        property: "metadata.name",
        reason: `"${name}" is no Kubernetes name: lower-case letters, digits, "-" and "." only`,
      },
    ];
  },
  forcesReplacement: (type, path) =>
    [...immutableOfAll, ...(immutableOfKind[rowOf(kubernetesType(type))] ?? [])].some((root) =>
      isUnder(path, root),
    ),
  idOf: ({ type, inputs }) => objectId(kubernetesType(type), inputs),
  keyOf,
  parents: ({ type, inputs, settings }) => {
    const namespace = textAt(inputs, "metadata", "namespace") ?? "default";
    if (!isNamespaced(kubernetesType(type)) || builtInNamespaces.has(namespace)) return [];
    const key = keyOf("kubernetes:core/v1:Namespace", namespace, settings);
    return [{ key, missing: `namespaces "${namespace}" not found` }];
  },
  holdsOthers: (type) => rowOf(kubernetesType(type)) === "Namespace",
  contains: (parent, child) => {
    const [cluster, namespace] = parent.key.split("/core/Namespace/");
    if (namespace === undefined || cluster === undefined) return false;
    return child.key.startsWith(`${cluster}/`) && child.id.startsWith(`${namespace}/`);
  },
  shape,
  secretOutputs: (type) => (rowOf(kubernetesType(type)) === "Secret" ? ["data", "stringData"] : []),
  invoke: () => undefined,
};
