/** @jest-environment ./test/engine/engine-environment.ts */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunDocument } from "../../automation/cli/documents";
import { World } from "../../automation/engine/sandbox/world";
import { describeWithEngine, scratchFolder } from "../engine/real-engine";

const root = join(__dirname, "../..");

interface Life {
  readonly platform: string;
  /** One number of a manifest. */
  readonly edit: readonly [file: string, from: string, to: string];
  /** Everything that is not the same after it. */
  readonly changed: readonly string[];
}

const LIVES: readonly Life[] = [
  {
    platform: "openova",
    edit: ["platform.yaml", "storage: { size: 50Gi,", "storage: { size: 60Gi,"],
    changed: [
      "openova/europe: update Cluster postgres-cluster (spec)",
      "openova/india: update Cluster postgres-cluster (spec)",
    ],
  },
  {
    platform: "castiel",
    edit: ["platform.yaml", "ttl: 30s", "ttl: 60s"],
    changed: [
      "castiel/global: update Profile traffic-api (dnsConfig)",
      "castiel/global: update Profile traffic-web (dnsConfig)",
    ],
  },
];

const last = (type: string): string => type.split(":").at(-1) ?? type;

/** What was done, a line a resource that is not the same. */
const changesIn = ({ stacks }: RunDocument): readonly string[] =>
  stacks.flatMap(({ stack, steps = [] }) =>
    steps
      .filter(({ operation }) => operation !== "same")
      .map(
        ({ operation, type, name, changed }) =>
          `${stack}: ${operation} ${last(type)} ${name} (${changed.join(", ")})`,
      ),
  );

/** Files below a folder that hold something, for what must be empty. */
const filesBelow = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }).sort() : [];

describeWithEngine("the life of a platform on the real engine", () => {
  describe.each(LIVES)("$platform", ({ platform, edit: [file, from, to], changed }) => {
    const { folder, remove } = scratchFolder();
    afterAll(remove);
    cpSync(join(root, "regions", platform), join(folder, "regions", platform), { recursive: true });

    function meridian(...args: readonly string[]): RunDocument {
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, "bin/meridian"), ...args, platform, "--yes", "--json"],
        { cwd: folder, encoding: "utf8", timeout: 200_000, maxBuffer: 2 ** 28 },
      );
      const document = JSON.parse(stdout || "{}") as RunDocument;
      if (!document.ok) throw new RangeError(`${args.join(" ")} failed: ${stdout}${stderr}`);
      return document;
    }

    test("the first apply creates everything", () => {
      const operations = meridian("apply").stacks.flatMap(({ steps = [] }) =>
        steps.map(({ operation }) => operation),
      );
      expect(new Set(operations)).toEqual(new Set(["create"]));
    }, 240_000);

    test("the second one changes nothing", () => {
      expect(changesIn(meridian("apply"))).toEqual([]);
    }, 240_000);

    test("one number changes what it is about and nothing else", () => {
      const path = join(folder, "regions", platform, file);
      const text = readFileSync(path, "utf8");
      expect(text.split(from)).toHaveLength(2);
      writeFileSync(path, text.replace(from, to));
      expect(changesIn(meridian("apply"))).toEqual(changed);
    }, 240_000);

    test("destroy leaves the world empty", () => {
      meridian("destroy");
      const world = new World(join(folder, ".meridian/world", platform));
      expect(world.live().map(({ key }) => key)).toEqual([]);
      expect(filesBelow(join(folder, ".meridian/state/sandbox/.pulumi/stacks", platform))).toEqual([]);
    }, 240_000);
  });
});
