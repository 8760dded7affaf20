/** What lies in a folder of manifests and is no manifest, or cannot be read. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, meridian, shopFolder, write } from "./run";

const GOOD = { code: 0, stdout: "1 platform · 2 regions · 1 workspace · no errors   0.00 s\n", stderr: "" };
const isRoot = process.getuid?.() === 0;

let folder = "";
beforeEach(async () => {
  folder = await shopFolder();
});

describe("is left alone", () => {
  test("whatever is not YAML, hidden, a package or the catalog", async () => {
    write(folder, {
      "regions/README.md": "# not: [yaml",
      "regions/.hidden/broken.yaml": "{",
      "regions/.broken.yaml": "{",
      "regions/shop/node_modules/p/broken.yaml": "{",
      "regions/catalog/aws.yaml": "{",
      "regions/shop/notes.yaml.bak": "{",
    });
    expect(await meridian(folder, "validate")).toEqual(GOOD);
  });

  test("a link that stays inside, and a loop of folders", async () => {
    symlinkSync("platform.yaml", join(folder, "regions/shop/again.yaml"));
    symlinkSync("..", join(folder, "regions/shop/loop"));
    symlinkSync(".", join(folder, "regions/self"));
    expect(await meridian(folder, "validate")).toEqual(GOOD);
  });

  test("a pipe", async () => {
    if (spawnSync("mkfifo", [join(folder, "regions/shop/pipe.yaml")]).status !== 0) return;
    expect(await meridian(folder, "validate")).toEqual(GOOD);
  });
});

describe("is refused", () => {
  test("a link that leads out of the folder, before its content is shown to anybody", async () => {
    write(folder, { "secret.txt": "password: hunter2\n" });
    symlinkSync("../../secret.txt", join(folder, "regions/shop/leak.yaml"));
    expect(await meridian(folder, "validate")).toEqual({
      code: 1,
      stdout: "",
      stderr: [
        "error MRD4103  regions/shop/leak.yaml is a link that leads out of the folder of manifests",
        "  next: copy what it leads to, or name that folder on the command line",
        "",
      ].join("\n"),
    });
  });

  test("a folder linked from outside", async () => {
    symlinkSync(emptyFolder(), join(folder, "regions/other"));
    expect((await meridian(folder, "validate")).stderr.split("\n")[0]).toBe(
      "error MRD4103  regions/other is a link that leads out of the folder of manifests",
    );
  });

  test("a link that leads nowhere", async () => {
    symlinkSync("gone.yaml", join(folder, "regions/shop/here.yaml"));
    expect((await meridian(folder, "validate")).stderr).toBe(
      [
        "error MRD4103  regions/shop/here.yaml is a link that leads nowhere",
        "  the system says ENOENT",
        "  next: correct or remove it",
        "",
      ].join("\n"),
    );
  });

  test("a path through a file", async () => {
    expect(
      (await meridian(folder, "validate regions/shop/platform.yaml/more")).stderr.split("\n").slice(0, 2),
    ).toEqual(["error MRD4103  regions/shop/platform.yaml/more cannot be read", "  the system says ENOTDIR"]);
  });

  // Root reads everything.
  (isRoot ? test.skip : test)("a file and a folder without permission", async () => {
    chmodSync(join(folder, "regions/shop/platform.yaml"), 0o000);
    expect((await meridian(folder, "validate")).stderr.split("\n").slice(0, 2)).toEqual([
      "error MRD4103  regions/shop/platform.yaml cannot be read",
      "  the system says EACCES",
    ]);
    chmodSync(join(folder, "regions/shop/regions"), 0o000);
    expect((await meridian(folder, "validate")).stderr).toContain(
      "MRD4103  regions/shop/regions cannot be read",
    );
    chmodSync(join(folder, "regions/shop/regions"), 0o755);
  });

  test("a folder without a manifest", async () => {
    mkdirSync(join(folder, "nothing"));
    expect((await meridian(folder, "validate nothing")).stderr).toBe(
      "error MRD4102  no manifests in nothing\n  next: name a folder that holds YAML files, or make a first platform with `meridian init`\n",
    );
  });
});

describe("bytes", () => {
  const firstLine = async (content: Buffer | string): Promise<readonly string[]> => {
    write(folder, { "regions/shop/odd.yaml": content });
    const { code, stdout, stderr } = await meridian(folder, "validate");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    return stdout.split("\n").slice(0, 2);
  };

  test.each([
    [
      "Latin-1",
      Buffer.from("title: München\n", "latin1"),
      "MRD1013  the file is not valid UTF-8 here",
      "1:9",
    ],
    [
      "UTF-16",
      Buffer.from("\uFEFFkind: Region\n", "utf16le"),
      "MRD1013  the file is UTF-16, and manifests are UTF-8",
      "1:1",
    ],
    [
      "a picture",
      Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
      "MRD1012  the character U+001A is not allowed in a manifest",
      "2:1",
    ],
    ["BOM", Buffer.from("\uFEFFkind: Region\n"), "MRD1011  the file begins with a byte order mark", "1:1"],
    [
      "10 MB",
      Buffer.alloc(10_485_760, "# more and more\n"),
      "MRD1010  the file has more than 1048576 characters",
      "1:1",
    ],
    [
      "100 MB of three-byte letters",
      Buffer.alloc(104_857_600, "€"),
      "MRD1010  the file has more than 1048576 characters",
      "1:1",
    ],
    ["nothing", "", "MRD1019  the file holds no manifest", "1:1"],
  ])("%s", async (_name, content, sentence, place) => {
    expect(await firstLine(content)).toEqual([`error ${sentence}`, `  regions/shop/odd.yaml:${place}`]);
  });
});

describe("paths", () => {
  test("files, folders and the same one twice", async () => {
    const { stdout } = await meridian(
      folder,
      "validate regions/shop regions regions/shop/platform.yaml ./regions",
    );
    expect(stdout).toBe(GOOD.stdout);
  });

  test("a file by itself is checked with what is there: its platform may be missing", async () => {
    const { code, stdout } = await meridian(folder, "validate regions/shop/workspaces/first.yaml");
    expect([code, stdout.split("\n")[0]]).toEqual([
      1,
      'error MRD2102  workspace "first" belongs to platform "shop", which does not exist',
    ]);
  });

  test("several errors in several files are counted, and shown file by file", async () => {
    write(folder, {
      "regions/shop/regions/germany.yaml": "kind: Region\nkind: Region\n",
      "regions/shop/workspaces/second.yaml":
        "apiVersion: meridian.dev/v1\nkind: Workspace\nmetadata: { name: x }\nspec: {}\n",
    });
    const { code, stdout } = await meridian(folder, "validate");
    expect([
      code,
      stdout.match(/^(error|warning) MRD\d+|^ {2}\S+:\d+:\d+$/gm),
      stdout.trimEnd().split("\n").at(-1),
    ]).toEqual([
      1,
      [
        "error MRD1002",
        "  regions/shop/regions/germany.yaml:2:1",
        "error MRD1102",
        "  regions/shop/workspaces/second.yaml:3:1",
        "error MRD1102",
        "  regions/shop/workspaces/second.yaml:4:1",
      ],
      "1 platform · 1 region · 1 workspace · 3 errors   0.00 s",
    ]);
  });
});
