/** The published runbooks are the golden ones: reviewed as people read them, and never stale. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildTopology } from "../../../automation/fleet/build-topology";
import { groupFleet } from "../../../automation/fleet/fleet";
import { platformRunbook } from "../../../automation/review/runbook/runbook";
import { edit, filesOf, load, locate } from "../../fleet/build-manifests";
import type { SourceFile } from "../../../automation/manifest/diagnostic";

const root = join(__dirname, "..", "..", "..");

function runbookOf(files: readonly SourceFile[]): string {
  const [fleet] = groupFleet(load(files).map(({ manifest }) => manifest)).platforms;
  if (fleet === undefined) throw new RangeError("no platform");
  const { name } = fleet.platform.metadata;
  return platformRunbook(fleet, buildTopology(fleet, locate), `regions/${name}/platform.yaml`);
}

test.each(["castiel", "openova"])("docs/runbooks/%s.md is what `meridian runbook` writes", (platform) => {
  const published = readFileSync(join(root, "docs", "runbooks", `${platform}.md`), "utf8");
  expect(published).toBe(runbookOf(filesOf(platform)));
});

/** Lines of the page that are new when the manifest changes. */
function newLines(platform: string, from: string, to: string): readonly string[] {
  const before = new Set(runbookOf(filesOf(platform)).split("\n"));
  return runbookOf(edit(filesOf(platform), from, to))
    .split("\n")
    .filter((line) => !before.has(line));
}

describe("a number of the manifest is the number on the page", () => {
  test.each([
    {
      name: "the time of the promotion",
      platform: "openova",
      from: "promote: 60s",
      to: "promote: 90s",
      holds: ["promote 1 m 30 s", "--timeout=90s", "The manifest expects 1 m 30 s"],
    },
    {
      name: "the probe",
      platform: "openova",
      from: "detection: { failures: 3, interval: 30s, timeout: 5s }",
      to: "detection: { failures: 4, interval: 20s, timeout: 7s }",
      holds: ["detect 4 × 20 s = 1 m 20 s", "--max-time 7 ", "more than 1 m 20 s"],
    },
    {
      name: "how long users are watched before it is over",
      platform: "castiel",
      from: "mode: automatic\n",
      to: "mode: automatic\n    cooldown: 11m\n",
      holds: ["Users have been served by west-us-2 for 11 m without new errors."],
    },
    {
      name: "the routing method, and what it means for a passive region",
      platform: "castiel",
      from: "routing: priority",
      to: "routing: performance",
      holds: [
        "regions that only stand by have users too",
        "| west-us-2 (Quincy, US) | standby | 50 %",
        "leads to an address of the nearest region",
      ],
    },
    {
      name: "the life of a DNS answer",
      platform: "castiel",
      from: "ttl: 30s",
      to: "ttl: 75s",
      holds: ["Resolvers keep the old answer up to 1 m 15 s"],
    },
    {
      name: "the objectives",
      platform: "castiel",
      from: "region: { rpo: 5m, rto: 15m }\n    availability: 99.95",
      to: "region: { rpo: 4m, rto: 10m }\n    availability: 99.9",
      holds: ["| A region is lost | 4 m                         | 10 m  ", "Availability 99.9 %: 43 m 12 s"],
    },
    {
      name: "the writer and its epoch",
      platform: "openova",
      from: "primary: { region: europe, epoch: 1 }",
      to: "primary: { region: india, epoch: 6 }",
      holds: [
        "| default | india  | 6     | nobody    | europe     |",
        "set primary: { region: europe, epoch: 7 } in spec",
      ],
    },
  ])("$name", ({ platform, from, to, holds }) => {
    const text = newLines(platform, from, to).join("\n");
    expect(holds.filter((one) => !text.includes(one))).toEqual([]);
  });

  test("and no sentence brings a time of its own", () => {
    const folder = join(root, "automation", "review", "runbook");
    const typed = readdirSync(folder).flatMap((file) =>
      [
        ...readFileSync(join(folder, file), "utf8").matchAll(
          /\b(\d+|two|three|five|ten|fifteen) (s|m|seconds?|minutes?|hours?)\b/g,
        ),
      ].map(([text]) => `${file}: ${text}`),
    );
    // Examples in comments are not printed.
    expect(typed).toEqual([]);
  });
});
