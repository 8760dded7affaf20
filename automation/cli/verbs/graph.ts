import { relative, resolve } from "node:path";
import type { Topology } from "../../fleet/topology";
import { CliError } from "../cli-error";
import type { ExitCode } from "../exit-code";
import { readPlans } from "../fleet-input";
import type { GuardedTerminal } from "../guarded-terminal";
import { printDocument, printLines, printRemark } from "../output";
import { writeWhole } from "../paths";
import { countriesOf, writeMap } from "../pictures";

export interface GraphOptions {
  readonly manifests: string;
  readonly format: "svg" | "mermaid" | "json";
  readonly out?: string;
  readonly json?: boolean;
}

async function drawn(topology: Topology, format: GraphOptions["format"]): Promise<string> {
  switch (format) {
    case "svg":
      return (await import("../../review/picture/map")).drawMap(topology, { countriesOf });
    case "mermaid":
      return (await import("../../review/picture/mermaid")).drawMermaid(topology);
    case "json":
      return `${JSON.stringify((await import("../../review/picture/platform-graph")).graphJson(topology), null, 2)}\n`;
  }
}

/** Draws platforms: a map for people, Mermaid for a pull request, nodes and edges for programs. */
export async function runGraph(
  terminal: GuardedTerminal,
  platforms: readonly string[],
  options: GraphOptions,
): Promise<ExitCode> {
  const topologies = readPlans(platforms, options.manifests, terminal.cwd).map(({ topology }) => topology);
  if (options.json === true) {
    const { graphJson } = await import("../../review/picture/platform-graph");
    const drawnAll = topologies.map((topology) => {
      const graph = graphJson(topology);
      return { ...graph, nodes: [...graph.nodes], edges: [...graph.edges] };
    });
    printDocument(terminal, { command: "graph", ok: true, platforms: drawnAll });
    return 0;
  }
  if (options.out !== undefined) return writeOne(terminal, topologies, options, options.out);
  if (options.format === "svg") {
    for (const topology of topologies)
      printLines(terminal, [relative(terminal.cwd, await writeMap(terminal.cwd, topology))]);
    return 0;
  }
  for (const topology of topologies) terminal.stdout.write(await drawn(topology, options.format));
  return 0;
}

async function writeOne(
  terminal: GuardedTerminal,
  topologies: readonly Topology[],
  { format }: GraphOptions,
  out: string,
): Promise<ExitCode> {
  const [topology, another] = topologies;
  if (topology === undefined || another !== undefined) {
    throw new CliError("MRD4101", "--out takes exactly one platform", {
      next: "name it: `meridian graph openova --out openova.svg`",
    });
  }
  const path = resolve(terminal.cwd, out);
  writeWhole(path, await drawn(topology, format));
  printRemark(terminal, `wrote ${relative(terminal.cwd, path)}`);
  return 0;
}
