import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const root = join(__dirname, "../..");

/** What each room may import from. What is missing here is a dependency nobody decided on. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "automation/manifest": ["regions", "schemas"],
  "automation/fleet": ["automation/manifest"],
  components: ["automation/fleet"],
  "automation/engine": ["automation/fleet", "automation/manifest", "components"],
  "automation/operate": ["automation/engine", "automation/fleet"],
  "automation/review": ["automation/fleet", "automation/manifest"],
  "automation/cli": [
    "automation/engine",
    "automation/fleet",
    "automation/manifest",
    "automation/operate",
    "automation/review",
    "components",
  ],
  "automation/plain": ["automation/cli", "automation/engine", "automation/fleet", "automation/manifest"],
};

const roomOf = (path: string): string => {
  const [first = "", second = ""] = path.split(sep);
  return first === "automation" ? `${first}/${second}` : first;
};

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

/** `from → to` for every import that leaves its room. */
function borderCrossings(): readonly string[] {
  const crossings = new Set<string>();
  for (const file of ["automation", "components"].flatMap(sourcesIn)) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, to = ""] of text.matchAll(/(?:from|import\(|import) ?"(\.[^"]+)"/g)) {
      const target = roomOf(relative(root, join(root, dirname(file), to)));
      if (target !== roomOf(file)) crossings.add(`${roomOf(file)} → ${target}`);
    }
  }
  return [...crossings].sort();
}

test("rooms import from the rooms they may, and from each of those", () => {
  const allowed = Object.entries(MAY_IMPORT).flatMap(([from, rooms]) => rooms.map((to) => `${from} → ${to}`));
  expect(borderCrossings()).toEqual(allowed.sort());
});
