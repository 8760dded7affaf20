import type { PlatformScope, Problem, ScopeRule } from "./problem";

interface Block {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** Addresses as unsigned integers; undefined when an octet or the prefix is out of range. */
export function blockOf(text: string): Block | undefined {
  const [address = "", prefix = ""] = text.split("/");
  const octets = address.split(".").map(Number);
  const bits = Number(prefix);
  if (
    octets.length !== 4 ||
    octets.some((octet) => !(octet >= 0 && octet <= 255)) ||
    !(bits >= 0 && bits <= 32)
  ) {
    return undefined;
  }
  const size = 2 ** (32 - bits);
  const value = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const first = Math.floor(value / size) * size;
  return { text, first, last: first + size - 1 };
}

/** True when two blocks share an address. */
export const overlap = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last;

const notABlock = (text: string, origin: Problem["origin"], path: Problem["path"]): Problem => ({
  code: "MRD2115",
  severity: "error",
  message: `"${text}" is not an IPv4 block: each number goes from 0 to 255`,
  fix: "write it like 10.20.0.0/16",
  origin,
  path,
});

const brokenReserves = ({ origin, manifest }: PlatformScope["platform"]): readonly Problem[] =>
  manifest.spec.reserved.flatMap((text, index) =>
    blockOf(text) === undefined ? [notABlock(text, origin, ["spec", "reserved", index])] : [],
  );

/** Regions whose networks cannot be joined, since their addresses meet. */
export const networkRule: ScopeRule = ({ platform, regions }) => {
  const taken: { readonly block: Block; readonly owner: string }[] = platform.manifest.spec.reserved.flatMap(
    (text) => {
      const block = blockOf(text);
      return block === undefined ? [] : [{ block, owner: "the platform's reserved blocks" }];
    },
  );
  const overlaps = regions.flatMap(({ origin, manifest }): readonly Problem[] => {
    const { cidr } = manifest.spec.network;
    if (cidr === undefined) return [];
    const path = ["spec", "network", "cidr"];
    const block = blockOf(cidr);
    if (block === undefined) return [notABlock(cidr, origin, path)];
    const clash = taken.find((other) => overlap(other.block, block));
    taken.push({ block, owner: `region "${manifest.metadata.name}"` });
    if (clash === undefined) return [];
    return [
      {
        code: "MRD2116",
        severity: "error",
        message: `network ${cidr} of region "${manifest.metadata.name}" overlaps ${clash.block.text} of ${clash.owner}`,
        fix: "give it a block of its own",
        origin,
        path,
      },
    ];
  });
  return [...brokenReserves(platform), ...overlaps];
};
