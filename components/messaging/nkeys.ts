/**
 * NATS keys (Ed25519) that every region derives from the same secret, so an account is the same account in all
 * of them without anything being handed over. Who has the secret is the operator.
 */
import { createHmac, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";

export type NkeyKind = "operator" | "account" | "user";

/** The letter a public key begins with, as NATS puts it into the first five bits. */
const PREFIX: Readonly<Record<NkeyKind, number>> = { operator: 14 << 3, account: 0, user: 20 << 3 };
const SEED_PREFIX = 18 << 3;
/** What PKCS #8 puts before the 32 bytes of an Ed25519 key. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

export interface Nkey {
  /** Begins with O, A or U. */
  readonly publicKey: string;
  /** Begins with SO, SA or SU; secret. */
  readonly seed: string;
  readonly sign: (text: string) => Buffer;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648 without padding. */
export function base32(bytes: Uint8Array): string {
  let [text, bits, value] = ["", 0, 0];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((value >>> (bits - 5)) & 31);
  }
  return bits === 0 ? text : text + ALPHABET.charAt((value << (5 - bits)) & 31);
}

/** CRC-16/XMODEM, which ends every key. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc;
}

function encoded(prefix: readonly number[], key: Uint8Array): string {
  const body = Buffer.from([...prefix, ...key]);
  const crc = crc16(body);
  return base32(Buffer.from([...body, crc & 0xff, crc >>> 8]));
}

/** The 32 bytes of the public half. */
function publicBytes(key: KeyObject): Buffer {
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return Buffer.from(x, "base64url");
}

/** The key with these 32 bytes. */
export function nkeyOf(kind: NkeyKind, raw: Uint8Array): Nkey {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: "der", type: "pkcs8" });
  const prefix = PREFIX[kind];
  return {
    publicKey: encoded([prefix], publicBytes(key)),
    seed: encoded([SEED_PREFIX | (prefix >> 5), (prefix & 31) << 3], raw),
    sign: (text) => sign(null, Buffer.from(text), key),
  };
}

/** `derive(secret, "account", "portarium/acme")`: equal names, equal keys. */
export const derive = (secret: string, kind: NkeyKind, name: string): Nkey =>
  nkeyOf(kind, createHmac("sha256", secret).update(`meridian/nats/${kind}/${name}`).digest());

/** A key of another sort under the same secret, in Base64: JetStream encrypts its files with it. */
export const deriveSecret = (secret: string, name: string): string =>
  createHmac("sha256", secret).update(`meridian/nats/secret/${name}`).digest("base64url");
