import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, meridian } from "./run";

const isThere = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;
const SHELLS = ["bash", "zsh", "fish"] as const;
const scripts = new Map<string, string>();
let folder = "";

beforeAll(async () => {
  folder = emptyFolder();
  for (const name of ["shop", "shipping", "catalog"])
    mkdirSync(join(folder, "regions", name), { recursive: true });
  for (const shell of SHELLS) scripts.set(shell, (await meridian(folder, `completion ${shell}`)).stdout);
});

/** What a real bash would offer for the last word of a line. */
function offered(line: string): readonly string[] {
  const words = line.split(" ");
  const ask = `COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")}); COMP_CWORD=${words.length - 1}; _meridian; printf '%s\n' "\${COMPREPLY[@]}"`;
  const script = `${scripts.get("bash") ?? ""}\n${ask}`;
  const printed = execFileSync("bash", ["--norc", "-c", script], { cwd: folder, encoding: "utf8" });
  return printed.split("\n").filter((word) => word !== "");
}

describe("completion", () => {
  test.each(SHELLS)("of %s is a script that shell parses", (shell) => {
    const script = scripts.get(shell) ?? "";
    expect(script).toContain("meridian");
    if (!isThere(shell)) return;
    const { status, stderr } = spawnSync(shell, ["-n"], { input: script, encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("is registered in a real bash", () => {
    const script = `${scripts.get("bash") ?? ""}\ncomplete -p meridian`;
    const printed = execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" });
    expect(printed).toBe("complete -o default -F _meridian meridian\n");
  });

  test.each([
    ["meridian val", ["validate"]],
    ["meridian pl", ["plan"]],
    ["meridian --v", ["--version"]],
    ["meridian plan ", ["shipping", "shop"]],
    ["meridian plan sh", ["shipping", "shop"]],
    ["meridian plan shop shi", ["shipping"]],
    ["meridian plan cat", []],
    ["meridian apply --t", ["--target"]],
    ["meridian apply --target ", ["sandbox", "cloud"]],
    ["meridian apply --target sandbox sho", ["shop"]],
    ["meridian graph --format s", ["svg"]],
    ["meridian graph --out ", []],
    ["meridian validate regions/", []],
    ["meridian schema re", ["region"]],
    ["meridian explain pl", ["platform"]],
    ["meridian completion ", ["bash", "zsh", "fish"]],
    ["meridian help exp", ["explain"]],
    ["meridian nonsense --j", []],
  ])("%s offers %j", (line, words) => {
    expect(offered(line)).toEqual(words);
  });

  test("offers every verb, and every option of each", async () => {
    const { stdout } = await meridian(folder, "");
    const verbs = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, verb = ""]) => verb);
    expect(offered("meridian ")).toEqual(verbs);
    expect(offered("meridian --")).toEqual(["--help", "--version"]);
    for (const verb of verbs.filter((each) => each !== "help")) {
      const help = (await meridian(folder, `help ${verb}`)).stdout;
      const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = ""]) => option);
      expect(offered(`meridian ${verb} --`)).toEqual(options);
    }
  });
});
