import { sayDuration } from "../manifest/rules/say-duration";
import type { Topology } from "../fleet/topology";

const ARROWS = {
  sync: "sync",
  async: "streaming",
  logical: "logical",
  "multi-writer": "multi-writer",
  object: "objects",
  quorum: "quorum",
} as const;

/** `openova  read-replicas   primary europe (epoch 1) ─ streaming ─▶ india   RPO ≤ 1 m · RTO ≤ 15 m`. */
export function topologyLine({ platform, shape, cells, replication, objectives }: Topology): string {
  const writers = cells.flatMap((cell) =>
    cell.writers.map(({ region, epoch }) => `${region} (epoch ${epoch})`),
  );
  const [edge] = replication;
  const targets = [
    ...new Set(replication.filter(({ service }) => service === edge?.service).map(({ to }) => to)),
  ];
  const arrow =
    edge === undefined
      ? ""
      : ` ${edge.direction === "two-way" ? "◀" : ""}─ ${ARROWS[edge.mode]} ─▶ ${targets.join(", ")}`;
  const owners =
    shape === "active-active" ? `writers ${writers.join(", ")}` : `primary ${writers.join(", ")}${arrow}`;
  const region = objectives.find(({ fault }) => fault === "region");
  const promise =
    region === undefined ? "" : `   RPO ≤ ${sayDuration(region.rpo)} · RTO ≤ ${sayDuration(region.rto)}`;
  return `${platform}  ${shape}   ${owners}${promise}`;
}
