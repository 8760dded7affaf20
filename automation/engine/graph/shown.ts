import {
  specialArchiveSig,
  specialAssetSig,
  specialOutputValueSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";
import { HIDDEN, isProperties, type Properties, type Value } from "../sandbox/values";

/** How a value known only after an apply is shown. */
export const NOT_KNOWN = "[unknown]";

/** A value fit for eyes, files and rules: no secret, no mark of Pulumi's own. */
export function shown(value: Value): Value {
  if (value === unknownValue) return NOT_KNOWN;
  if (Array.isArray(value)) return value.map(shown);
  if (!isProperties(value)) return value;
  const signature = value[specialSigKey];
  return signature === undefined ? shownAll(value) : shownSpecial(signature, value);
}

/** shown() of a whole property bag. */
export function shownAll(properties: Properties): Properties {
  const bag: Record<string, Value> = {};
  for (const [name, value] of Object.entries(properties)) bag[name] = shown(value);
  return bag;
}

function shownSpecial(signature: Value, value: Properties): Value {
  switch (signature) {
    case specialSecretSig:
      return HIDDEN;
    case specialResourceSig:
      return value["urn"] ?? NOT_KNOWN;
    case specialOutputValueSig:
      if (value["secret"] === true) return HIDDEN;
      return value["value"] === undefined ? NOT_KNOWN : shown(value["value"]);
    case specialAssetSig:
    case specialArchiveSig:
      return shownAll(withoutSignature(value));
    default:
      return shownAll(value);
  }
}

const withoutSignature = (value: Properties): Properties =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== specialSigKey));
