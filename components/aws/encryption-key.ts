import { Alias } from "@pulumi/aws/kms/alias";
import { Key } from "@pulumi/aws/kms/key";
import type { Resource } from "@pulumi/pulumi";

/** What a key is for, in words a person reads in the console. */
interface KeyUse {
  readonly name: string;
  /** Without `alias/`. */
  readonly alias: string;
  readonly purpose: string;
}

/** AES-256, new key material every year; a month to come back to when it is deleted by mistake. */
export function encryptionKey(
  { name, alias, purpose }: KeyUse,
  tags: Readonly<Record<string, string>>,
  parent: Resource,
): Key {
  const key = new Key(
    `${name}-key`,
    { description: purpose, enableKeyRotation: true, deletionWindowInDays: 30, tags: { ...tags } },
    { parent },
  );
  new Alias(`${name}-key`, { name: `alias/${alias}`, targetKeyId: key.keyId }, { parent });
  return key;
}
