/** What pictures say in words: the same sentence on the map, in Mermaid and to a screen reader. */
import { sayDuration } from "../../manifest/rules/say-duration";
import type { Cell, Objective, ReplicationMode } from "../../fleet/topology";
import type { GraphEdge, GraphNode, PlatformGraph } from "./platform-graph";

/** How a mode is called and what it means for the data. */
export const MODES: Readonly<Record<ReplicationMode, { readonly name: string; readonly meaning: string }>> = {
  sync: { name: "synchronous", meaning: "no write is lost" },
  quorum: { name: "quorum", meaning: "a majority confirms" },
  async: { name: "asynchronous", meaning: "the last seconds may be lost" },
  logical: { name: "logical", meaning: "row by row" },
  "multi-writer": { name: "multi-writer", meaning: "conflicts are resolved" },
  object: { name: "objects", meaning: "copied after the write" },
};

const FAULTS: Readonly<Record<Objective["fault"], string>> = {
  component: "component fault",
  region: "region loss",
  corruption: "corruption",
};

/** `region loss: RPO ≤ 1 m, RTO ≤ 15 m`. */
export const sayObjective = ({ fault, rpo, rto }: Objective): string =>
  `${FAULTS[fault]}: RPO ${rpo === 0 ? "0" : `≤ ${sayDuration(rpo)}`}, RTO ≤ ${sayDuration(rto)}`;

/** `writer · epoch 3`; with several cells the number of each role. */
export function sayRole({ role, cells }: Pick<GraphNode, "role" | "cells">): string {
  const [only, ...more] = cells;
  if (only === undefined) return role;
  if (more.length === 0) return only.epoch === undefined ? only.role : `${only.role} · epoch ${only.epoch}`;
  const owned = cells.filter((cell) => cell.epoch !== undefined);
  const epochs = [...new Set(owned.map(({ epoch }) => epoch))].sort((a = 0, b = 0) => a - b);
  const others = cells.length - owned.length;
  if (owned.length === 0) return `${role} of ${cells.length} cells`;
  const copies = others === 0 ? "" : `, copies of ${others}`;
  return `${owned.length === 1 ? "writer" : `writer of ${owned.length}`} · epoch ${epochs.join("/")}${copies}`;
}

/** `Nuremberg, DE`; empty when nobody knows. */
export const sayPlace = ({ city, country }: Pick<GraphNode, "city" | "country">): string =>
  country === "ZZ" ? "" : [city, country].filter((part) => part !== "").join(", ");

const owners = ({ writers }: Cell): string =>
  writers.map(({ region, epoch }) => `${region} (epoch ${epoch})`).join(" + ");

function sayCell(cell: Cell): string {
  const parts = [
    `${cell.writers.length === 1 ? "writer" : "writers"} ${owners(cell)}`,
    ...(cell.standbys.length === 0 ? [] : [`standby ${cell.standbys.join(", ")}`]),
    ...(cell.readers.length === 0
      ? []
      : [`${cell.readers.length === 1 ? "reader" : "readers"} ${cell.readers.join(", ")}`]),
    ...(cell.conflict === undefined ? [] : [`conflicts: ${cell.conflict}`]),
  ];
  return parts.join(" · ");
}

/** One line on who may write. */
export function sayOwnership(cells: readonly Cell[]): string {
  const [only, ...more] = cells;
  if (only === undefined) return "no cell";
  if (more.length === 0) return sayCell(only);
  return `${cells.length} cells: ${cells.map((cell) => `${cell.name} in ${owners(cell)}`).join(" · ")}`;
}

/** `postgres, redis`. */
export const sayServices = ({ services }: Pick<GraphEdge, "services">): string => services.join(", ");

function sayNode(node: GraphNode): string {
  const place = sayPlace(node);
  const facts = [
    sayRole(node),
    ...(place === "" ? [] : [`in ${place}`]),
    ...(node.traffic > 0 ? [`${node.traffic} % of the traffic`] : []),
  ];
  return `${node.id}: ${facts.join(", ")}.`;
}

const sayEdge = ({ from, to, mode, direction, services }: GraphEdge): string =>
  `${services.join(", ")} ${MODES[mode].name} ${direction === "one-way" ? `from ${from} to ${to}` : `between ${from} and ${to}`}.`;

/** The whole picture in sentences, for those who do not see it. */
export const describeGraph = ({ platform, shape, objectives, cells, nodes, edges }: PlatformGraph): string =>
  [
    `Platform ${platform}, ${shape}, ${nodes.length} ${nodes.length === 1 ? "region" : "regions"}.`,
    `${sayOwnership(cells)}.`,
    ...objectives.map((objective) => `${sayObjective(objective)}.`),
    ...nodes.map(sayNode),
    ...edges.map(sayEdge),
  ].join(" ");
