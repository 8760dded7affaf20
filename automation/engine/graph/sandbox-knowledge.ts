import { cloudOf, sandboxProviders } from "../sandbox/clouds";
import { carrySecrets, isProperties, revealAll, type Properties, type Value } from "../sandbox/values";
import { forcesReplacement, outputsOf } from "../sandbox/knowledge";
import { specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { noKnowledge, type ProviderKnowledge } from "./knowledge";

const providerOf = (type: string): string => type.split(":")[0] ?? type;
const isKnown = (type: string): boolean => (sandboxProviders as readonly string[]).includes(providerOf(type));

/** True when anything in it is marked, as secrets are; most resources have none. */
function isMarked(value: Value): boolean {
  if (Array.isArray(value)) return value.some(isMarked);
  return isProperties(value) && (specialSigKey in value || Object.values(value).some(isMarked));
}

/** The sandbox providers' knowledge, for the types they imitate: both engines then see the same outputs. */
export const sandboxKnowledge: ProviderKnowledge = {
  outputsOf(asked) {
    if (!isKnown(asked.type)) return noKnowledge.outputsOf(asked);
    const settings = cloudOf(providerOf(asked.type)).settings(revealAll(asked.provider));
    const { id, outputs } = outputsOf(asked.type, asked.name, asked.inputs, undefined, settings);
    return {
      id,
      outputs: isMarked(asked.inputs) ? (carrySecrets(outputs, asked.inputs) as Properties) : outputs,
    };
  },
  forcesReplacement: (type, path) => isKnown(type) && forcesReplacement(type, path),
  invoke(token, inputs) {
    if (!isKnown(token)) return undefined;
    const cloud = cloudOf(providerOf(token));
    return cloud.invoke(token, revealAll(inputs), cloud.settings({}));
  },
};
