/** Laws of time: what a number promises must be possible with the numbers beside it. */
import type { PlatformManifest } from "../schema/manifest";
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { Problem, ScopeRule } from "./problem";
import { sayDuration } from "./say-duration";

type PlatformSpec = PlatformManifest["spec"];

interface Law {
  readonly smaller: { readonly name: string; readonly seconds: number; readonly path: ManifestPath };
  readonly larger: { readonly name: string; readonly seconds: number };
  readonly code: "MRD3101" | "MRD3102";
  readonly because: string;
}

const probe = (interval: number, timeout: number, path: ManifestPath): Law => ({
  smaller: { name: "timeout", seconds: timeout, path: [...path, "timeout"] },
  larger: { name: "interval", seconds: interval },
  code: "MRD3101",
  because: "a probe must end before the next begins",
});

function lawsOf({ failover, traffic }: PlatformSpec): readonly Law[] {
  const { detection, lease } = failover;
  return [
    probe(detection.interval, detection.timeout, ["spec", "failover", "detection"]),
    ...(traffic === undefined
      ? []
      : [
          probe(traffic.healthCheck.interval, traffic.healthCheck.timeout, [
            "spec",
            "traffic",
            "healthCheck",
          ]),
        ]),
    {
      smaller: { name: "renew", seconds: lease.renew, path: ["spec", "failover", "lease", "renew"] },
      larger: { name: "duration", seconds: lease.duration },
      code: "MRD3102",
      because: "a lease must be renewed before it runs out",
    },
  ];
}

/** `timeout < interval`, `renew < lease`. */
export const timingLaws: ScopeRule = ({ platform: { origin, manifest } }) =>
  lawsOf(manifest.spec)
    .filter(({ smaller, larger }) => smaller.seconds >= larger.seconds)
    .map(({ smaller, larger, code, because }) => ({
      code,
      severity: "error",
      message: `${smaller.name} ${sayDuration(smaller.seconds)} must be shorter than ${larger.name} ${sayDuration(larger.seconds)}: ${because}`,
      fix: `use less than ${sayDuration(larger.seconds)}, or a longer ${larger.name}`,
      origin,
      path: smaller.path,
    }));

/** What a region loss takes, phase by phase, in seconds. */
export function phasesOf({ detection, timing, mode }: PlatformSpec["failover"]) {
  const detect = detection.failures * detection.interval;
  return [
    {
      phase: "detect",
      seconds: detect,
      text: `detect ${detection.failures} × ${sayDuration(detection.interval)} = ${sayDuration(detect)}`,
    },
    ...(mode === "automatic"
      ? []
      : [
          { phase: "decide", seconds: timing.decide, text: `decide (${mode}) ${sayDuration(timing.decide)}` },
        ]),
    { phase: "fence", seconds: timing.fence, text: `fence ${sayDuration(timing.fence)}` },
    { phase: "promote", seconds: timing.promote, text: `promote ${sayDuration(timing.promote)}` },
    { phase: "reroute", seconds: timing.reroute, text: `reroute ${sayDuration(timing.reroute)}` },
  ] as const;
}

/** Predicted RTO of a region loss, in seconds. */
export const regionLossSeconds = (failover: PlatformSpec["failover"]): number =>
  phasesOf(failover).reduce((sum, { seconds }) => sum + seconds, 0);

type Failover = PlatformSpec["failover"];

/** What brings the sum down furthest: not waiting for people, or the longest phase. */
function shorteningOf(failover: Failover, excess: number): string {
  const { decide } = failover.timing;
  if (failover.mode !== "automatic" && decide >= excess)
    return `set failover.mode: automatic (−${sayDuration(decide)})`;
  const [longest] = [...phasesOf(failover)].sort((a, b) => b.seconds - a.seconds);
  return longest === undefined
    ? "shorten a phase"
    : `shorten its phases (${longest.phase} takes longest, ${sayDuration(longest.seconds)})`;
}

/** An objective shorter than detection alone, or than all phases together. */
export const objectiveFloor: ScopeRule = ({ platform: { origin, manifest } }) => {
  const { failover, objectives, topology } = manifest.spec;
  const rto = objectives.region?.rto;
  if (rto === undefined || topology === "single") return [];
  const phases = phasesOf(failover);
  const [{ seconds: detect }] = phases;
  const total = regionLossSeconds(failover);
  if (total <= rto) return [];
  const belowDetection = detect > rto;
  const said = sayDuration(rto);
  const shorter = belowDetection
    ? "probe more often or accept fewer failures (failover.detection)"
    : shorteningOf(failover, total - rto);
  return [
    {
      code: belowDetection ? "MRD3201" : "MRD3202",
      severity: "error",
      message: belowDetection
        ? `RTO ${said} cannot be met: detecting a lost region alone takes ${sayDuration(detect)}`
        : `RTO ${said} cannot be met: a region loss takes ${sayDuration(total)}`,
      hint: phases.map(({ text }) => text).join(" · "),
      fix: `${shorter}, or accept an RTO of ${sayDuration(total)}`,
      origin,
      path: ["spec", "objectives", "region", "rto"],
    } satisfies Problem,
  ];
};
