import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { emptyFolder, meridian, write } from "./run";

const below = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const MANIFESTS = ["platform.yaml", "regions/finland.yaml", "regions/germany.yaml", "workspaces/first.yaml"];

describe("init", () => {
  test("writes a platform that validates and plans, into an empty folder", async () => {
    const folder = emptyFolder();
    const { code, stdout, stderr } = await meridian(folder, "init shop");
    expect([code, stderr]).toEqual([0, ""]);
    expect(below(join(folder, "regions/shop"))).toEqual(MANIFESTS);
    for (const file of MANIFESTS) expect(stdout).toContain(`wrote regions/shop/${file}\n`);
    expect((await meridian(folder, "validate")).stdout).toContain("no errors");
    expect((await meridian(folder, "plan shop")).stdout).toMatch(/resources in \d+ stacks/);
  });

  test("the commands it names next do what they say", async () => {
    const folder = emptyFolder();
    const { stdout } = await meridian(folder, "init shop --folder fleet");
    const next = [...stdout.matchAll(/^ {2}meridian (.*?)(?: {3}.*)?$/gm)].map(([, line = ""]) => line);
    expect(next).toEqual([
      "validate fleet",
      "plan shop --manifests fleet",
      "apply shop --yes --manifests fleet",
    ]);
    for (const line of next) {
      expect((await meridian(folder, line.includes("apply") ? `${line} --engine graph` : line)).code).toBe(0);
    }
  });

  test("each manifest names a schema that is there", async () => {
    const folder = emptyFolder();
    await meridian(folder, "init shop");
    for (const file of MANIFESTS.map((name) => join(folder, "regions/shop", name))) {
      const [, schema = ""] = /\$schema=(\S+)/.exec(readFileSync(file, "utf8").split("\n")[0] ?? "") ?? [];
      expect(schema.startsWith("https://") || existsSync(resolve(dirname(file), schema))).toBe(true);
    }
  });

  test("two platforms live side by side", async () => {
    const folder = emptyFolder();
    await meridian(folder, "init shop");
    expect((await meridian(folder, "init market")).code).toBe(0);
    expect((await meridian(folder, "validate")).stdout).toContain(
      "2 platforms · 4 regions · 2 workspaces · no errors",
    );
  });

  test("never writes over what is there, and then writes nothing at all", async () => {
    const folder = emptyFolder();
    write(folder, { "regions/shop/workspaces/first.yaml": "mine\n" });
    expect(await meridian(folder, "init shop")).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "error MRD4108  regions/shop/workspaces/first.yaml is already there\n  next: choose another name; nothing was written\n",
    });
    expect(below(folder)).toEqual(["regions/shop/workspaces/first.yaml"]);
  });

  test("goes where it is told, an absolute path too", async () => {
    const [folder, elsewhere] = [emptyFolder(), emptyFolder()];
    expect((await meridian(folder, `init shop --folder ${elsewhere}`)).code).toBe(0);
    expect(below(join(elsewhere, "shop"))).toEqual(MANIFESTS);
  });

  test.each(["Shop", "1shop", "shop_1", "shop/../x", "-shop", "ship-", "a".repeat(64), "höhle"])(
    "refuses the name %s",
    async (name) => {
      const folder = emptyFolder();
      const { code, stderr } = await meridian(folder, `init ${name}`);
      expect([code, stderr.slice(0, 13)]).toEqual([1, "error MRD4101"]);
      expect(below(folder)).toEqual([]);
    },
  );

  test("where it cannot write, says so", async () => {
    const folder = emptyFolder();
    write(folder, { regions: "a file\n" });
    const { code, stderr } = await meridian(folder, "init shop");
    expect([code, stderr.slice(0, 13), stderr.includes("next: ")]).toEqual([1, "error MRD4109", true]);
  });
});
