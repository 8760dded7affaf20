/** Arithmetic of IPv4 blocks, as text in and out. */

const BITS = 32;

const numberOf = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

const addressOf = (value: number): string =>
  [24, 16, 8, 0].map((shift) => String(Math.floor(value / 2 ** shift) % 256)).join(".");

/** The `index`-th of the 2^`bits` equal parts of a block: `10.50.32.0/20` is the third sixteenth of `10.50.0.0/16`. */
export function subBlock(cidr: string, bits: number, index: number): string {
  const [address = "0.0.0.0", length = "0"] = cidr.split("/");
  const prefix = Number(length) + bits;
  const size = 2 ** (BITS - prefix);
  const whole = 2 ** (BITS - Number(length));
  const start = Math.floor(numberOf(address) / whole) * whole;
  return `${addressOf(start + index * size)}/${String(prefix)}`;
}
