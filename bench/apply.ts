import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPlans } from "../automation/cli/fleet-input";
import { EngineError } from "../automation/engine/engine-error";
import { getPulumi, type Way, ways } from "../automation/engine/getting/get-pulumi";
import { BenchError, PLATFORMS, root, timeNode } from "./child";
import { type Bench, LeftOut, type Measured, median, type Size } from "./figure";
import { applyPlain, plainNames, plainResources, preparePlain } from "./plain-stacks";

/** Manifests of one small stack, for a smoke run. */
const SMALL = {
  "platform.yaml": `apiVersion: meridian.dev/v1
kind: Platform
metadata: { name: small }
spec:
  description: One service in one region.
  topology: single
  regions: [germany]
  services:
    apps: { engine: deployment, services: [{ name: api }] }
`,
  "regions/germany.yaml": `apiVersion: meridian.dev/v1
kind: Region
metadata: { name: germany, platform: small }
spec:
  provider: kubernetes
  cloud: hetzner
  location: nbg1
  network: { cidr: 10.1.0.0/16 }
`,
} as const;

/** Writes the manifests into `regions/` below the folder; the names of their platforms. */
function writeFleet(folder: string, size: Size): readonly string[] {
  if (size === "whole") {
    for (const name of PLATFORMS)
      cpSync(join(root, "regions", name), join(folder, "regions", name), { recursive: true });
    return PLATFORMS;
  }
  const platform = join(folder, "regions", "small");
  mkdirSync(join(platform, "regions"), { recursive: true });
  for (const [file, text] of Object.entries(SMALL)) writeFileSync(join(platform, file), text);
  return ["small"];
}

/** `meridian apply` in a folder without state; seconds of the whole process, and what it made. */
function applyWithMeridian(
  folder: string,
  cli: string,
  platforms: readonly string[],
): { readonly seconds: number; readonly resources: number } {
  rmSync(join(folder, ".meridian"), { recursive: true, force: true });
  const args = [join(root, "bin/meridian"), "apply", ...platforms, "--yes", "--json"];
  const { milliseconds, stdout } = timeNode(args, { cwd: folder, env: { MERIDIAN_PULUMI: cli } });
  const { stacks } = JSON.parse(stdout) as {
    readonly stacks: readonly { readonly changes?: { readonly create: number } }[];
  };
  const resources = stacks.reduce((sum, { changes }) => sum + (changes?.create ?? 0), 0);
  return { seconds: milliseconds / 1_000, resources };
}

/** Seconds of each round; both kinds in turn, so that a machine that slows down slows both. */
interface Rounds {
  readonly meridian: readonly number[];
  readonly plain: readonly number[];
  readonly stacks: number;
  readonly resources: number;
}

function compare(folder: string, cli: string, size: Size, rounds: number): Rounds {
  const fleet = join(folder, "meridian");
  const platforms = writeFleet(fleet, size);
  const stacks = plainNames(readPlans(platforms, "regions", fleet));
  const prepared = join(folder, "prepared");
  preparePlain(prepared, cli, stacks);
  const [meridian, plain]: [number[], number[]] = [[], []];
  let resources = 0;
  for (let round = 0; round < rounds; round += 1) {
    const plainFolder = join(folder, `plain-${round}`);
    const ours = applyWithMeridian(fleet, cli, platforms);
    meridian.push(ours.seconds);
    plain.push(applyPlain(prepared, plainFolder, { cli, fleet, stacks }));
    resources = stacks.reduce((sum, stack) => sum + plainResources(plainFolder, stack), 0);
    if (resources !== ours.resources)
      throw new BenchError(`Meridian made ${ours.resources} resources, plain Pulumi ${resources}`);
  }
  return { meridian, plain, stacks: stacks.length, resources };
}

/** A smoke run takes no CLI that would have to be fetched or built first. */
async function cliFor(size: Size): Promise<string> {
  const atHand: readonly Way[] = ["path", "cache"];
  const onProgress = ({ text }: { readonly text: string }) =>
    void process.stderr.write(`pulumi CLI: ${text}\n`);
  try {
    return (await getPulumi({ onProgress, ways: size === "smoke" ? atHand : ways })).path;
  } catch (error) {
    const isNone = error instanceof EngineError && error.code === "MRD6001";
    if (size === "smoke" && isNone) throw new LeftOut(error.message, { cause: error });
    throw error;
  }
}

async function run(size: Size): Promise<readonly Measured[]> {
  const cli = await cliFor(size);
  const folder = mkdtempSync(join(tmpdir(), "meridian-bench-"));
  try {
    const rounds = compare(folder, cli, size, size === "smoke" ? 1 : 3);
    const [ours, plain] = [median(rounds.meridian), median(rounds.plain)];
    const ratios = rounds.plain.map((seconds, round) => seconds / (rounds.meridian[round] ?? Number.NaN));
    process.stderr.write(
      `meridian apply ${ours.toFixed(1)} s, ${rounds.stacks} times pulumi up ${plain.toFixed(1)} s (medians)\n`,
    );
    return [
      {
        name: `apply, ${rounds.stacks} stacks of ${rounds.resources} resources, against pulumi up one by one`,
        value: median(ratios),
        unit: "times faster",
        target: { atLeast: 1.7 },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const apply: Bench = {
  name: "apply",
  about: "a first apply in the sandbox, beside plain `pulumi up` of the same stacks one after another",
  run,
};
