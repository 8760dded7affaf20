/** A platform as a Mermaid flowchart, which GitHub and GitLab draw inside a pull request. */
import type { RegionRole, ReplicationMode, Topology } from "../../fleet/topology";
import { onOneLine } from "../table/cut";
import { graphJson, type GraphEdge, type GraphNode } from "./platform-graph";
import { MODES, sayObjective, sayPlace, sayRole, sayServices } from "./words";

/** Beyond what is surely harmless, every character becomes its Mermaid entity, `#34;` for a quote. */
const escaped = (text: string): string =>
  [...onOneLine(text)]
    .map((letter) =>
      /[\p{L}\p{N} .,:_/()%≤·+-]/u.test(letter) ? letter : `#${letter.codePointAt(0) ?? 63};`,
    )
    .join("");

const ARROWS: Readonly<Record<ReplicationMode, { readonly oneWay: string; readonly twoWay: string }>> = {
  sync: { oneWay: "==>", twoWay: "<==>" },
  quorum: { oneWay: "==>", twoWay: "<==>" },
  async: { oneWay: "-.->", twoWay: "<-.->" },
  logical: { oneWay: "-.->", twoWay: "<-.->" },
  "multi-writer": { oneWay: "-->", twoWay: "<-->" },
  object: { oneWay: "-.->", twoWay: "<-.->" },
};

/** Colours that read on GitHub's light and dark page alike: strokes only, text keeps the theme's colour. */
const ROLE_STYLES: Readonly<Record<RegionRole, string>> = {
  writer: "stroke:#1a7f37,stroke-width:4px",
  standby: "stroke:#9a6700,stroke-width:2px",
  reader: "stroke:#0969da,stroke-width:2px",
  idle: "stroke:#818b98,stroke-width:1px,stroke-dasharray:4 4",
};

function nodeLine(node: GraphNode, id: string): string {
  const lines = [
    `<b>${escaped(node.id)}</b>`,
    escaped(sayRole(node)),
    ...[sayPlace(node), node.traffic > 0 ? `${node.traffic} % of the traffic` : ""]
      .filter((line) => line !== "")
      .map(escaped),
  ];
  return `${id}["${lines.join("<br/>")}"]:::${node.role}`;
}

function edgeLine(edge: GraphEdge, ids: ReadonlyMap<string, string>): string {
  const { oneWay, twoWay } = ARROWS[edge.mode];
  const text = `${escaped(sayServices(edge))}<br/>${MODES[edge.mode].name}`;
  const arrow = edge.direction === "one-way" ? oneWay : twoWay;
  return `  ${ids.get(edge.from) ?? ""} ${arrow}|"${text}"| ${ids.get(edge.to) ?? ""}`;
}

/** The bloc when there is one, else the country: the frame a reviewer thinks of residency in. */
const frameOf = ({ jurisdictions, country }: GraphNode): string => jurisdictions[0] ?? country;

function frames(nodes: readonly GraphNode[], ids: ReadonlyMap<string, string>): readonly string[] {
  const names = [...new Set(nodes.map(frameOf))];
  return names.flatMap((name, at) => {
    const inside = nodes.filter((node) => frameOf(node) === name);
    const lines = inside.map((node) => nodeLine(node, ids.get(node.id) ?? ""));
    if (name === "ZZ") return lines.map((line) => `  ${line}`);
    return [`  subgraph j${at}["${escaped(name)}"]`, ...lines.map((line) => `    ${line}`), "  end"];
  });
}

/** The flowchart's text, without the code fence around it. */
export function drawMermaid(topology: Topology): string {
  const { platform, shape, objectives, nodes, edges } = graphJson(topology);
  const ids = new Map(nodes.map(({ id }, at) => [id, `r${at}`]));
  const title = [`${onOneLine(platform)} · ${shape}`, ...objectives.map(sayObjective)].join(" · ");
  const roles = [...new Set(nodes.map(({ role }) => role))].sort();
  return [
    "---",
    // JSON is YAML: whatever the name holds, it stays one string.
    `title: ${JSON.stringify(title)}`,
    "---",
    "flowchart LR",
    ...frames(nodes, ids),
    ...edges.map((edge) => edgeLine(edge, ids)),
    ...roles.map((role) => `  classDef ${role} ${ROLE_STYLES[role]}`),
    "",
  ].join("\n");
}
