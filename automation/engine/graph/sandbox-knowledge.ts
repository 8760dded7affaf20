import { cloudOf, sandboxProviders } from "../sandbox/clouds";
import { carrySecrets, revealAll, type Properties } from "../sandbox/values";
import { forcesReplacement, outputsOf } from "../sandbox/knowledge";
import { noKnowledge, type ProviderKnowledge } from "./knowledge";

const providerOf = (type: string): string => type.split(":")[0] ?? type;
const isKnown = (type: string): boolean => (sandboxProviders as readonly string[]).includes(providerOf(type));

/** The sandbox providers' knowledge, for the types they imitate: both engines then see the same outputs. */
export const sandboxKnowledge: ProviderKnowledge = {
  outputsOf(asked) {
    if (!isKnown(asked.type)) return noKnowledge.outputsOf(asked);
    const settings = cloudOf(providerOf(asked.type)).settings(revealAll(asked.provider));
    const { id, outputs } = outputsOf(asked.type, asked.name, asked.inputs, undefined, settings);
    return { id, outputs: carrySecrets(outputs, asked.inputs) as Properties };
  },
  forcesReplacement: (type, path) => isKnown(type) && forcesReplacement(type, path),
  invoke(token, inputs) {
    if (!isKnown(token)) return undefined;
    const cloud = cloudOf(providerOf(token));
    return cloud.invoke(token, revealAll(inputs), cloud.settings({}));
  },
};
