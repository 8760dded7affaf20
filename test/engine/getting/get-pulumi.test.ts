import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { EngineError } from "../../../automation/engine/engine-error";
import { cacheFolder } from "../../../automation/engine/getting/cache-folder";
import { isCompatible } from "../../../automation/engine/getting/cli-version";
import { getPulumi, type GetPulumiOptions } from "../../../automation/engine/getting/get-pulumi";
import { sayingVersion, StandIns, standInGo } from "./stand-in";

let standIns: StandIns;
let cacheDir: string;
beforeEach(() => {
  standIns = new StandIns();
  cacheDir = join(standIns.root, "cache");
});
afterEach(() => standIns.remove());

type Environment = Readonly<Record<string, string>>;

/** Without the network unless a test asks for it. */
const get = (environment: Environment, more: Partial<GetPulumiOptions> = {}) =>
  getPulumi({
    cacheDir,
    onProgress: () => undefined,
    environment,
    ways: ["path", "cache", "build"],
    ...more,
  });

async function refused(work: Promise<unknown>): Promise<EngineError> {
  return work.then(
    () => Promise.reject(new RangeError("it went through")),
    (error: EngineError) => error,
  );
}

const shown = ({ code, message, detail }: EngineError): unknown => ({ code, message, ...detail });

const builds = (log: string): number =>
  existsSync(log) ? readFileSync(log, "utf8").split("\n").length - 1 : 0;

const NEXT =
  "Install Pulumi 3.230.0 or newer (https://www.pulumi.com/docs/install/), or Go 1.25 to let Meridian build it, or set MERIDIAN_PULUMI to one.";

describe("a CLI that is there", () => {
  test("the first one on PATH is taken, when it fits", async () => {
    const one = standIns.folder("one", { pulumi: sayingVersion("v3.231.1") });
    const two = standIns.folder("two", { pulumi: sayingVersion("v3.230.0") });
    const PATH = ["", join(standIns.root, "nowhere"), one, two].join(delimiter);
    expect(await get({ PATH })).toEqual({ path: join(one, "pulumi"), version: "3.231.1", way: "path" });
  });

  test.each([
    { name: "a file", at: ["bin", "pulumi"] },
    { name: "its folder", at: ["bin"] },
    { name: "the folder above bin", at: [] },
  ])("MERIDIAN_PULUMI may be $name", async ({ at }) => {
    const folder = standIns.folder("named/bin", { pulumi: sayingVersion("v3.230.0") });
    const MERIDIAN_PULUMI = join(standIns.root, "named", ...at);
    const path = join(folder, "pulumi");
    expect(await get({ MERIDIAN_PULUMI, PATH: "" })).toEqual({ path, version: "3.230.0", way: "path" });
  });

  test("a build of its own without a version is taken when it is named", async () => {
    const MERIDIAN_PULUMI = standIns.folder("own", { pulumi: "exit 0" });
    expect(await get({ MERIDIAN_PULUMI })).toMatchObject({ version: "unknown" });
  });

  test("one of the wrong version that is named is an error, not passed over", async () => {
    const MERIDIAN_PULUMI = standIns.folder("old", { pulumi: sayingVersion("v3.99.0") });
    expect(shown(await refused(get({ MERIDIAN_PULUMI })))).toEqual({
      code: "MRD6002",
      message: `MERIDIAN_PULUMI=${MERIDIAN_PULUMI} is Pulumi 3.99.0, and 3.230.0 or newer is needed`,
      next: "Name one of version 3.230.0 or newer, below 4, or unset MERIDIAN_PULUMI.",
    });
  });

  test.each([
    { name: "does not exist", scripts: {} },
    { name: "does not run", scripts: { pulumi: "exit 1" } },
  ])("one that $name is an error when it is named", async ({ scripts }) => {
    const MERIDIAN_PULUMI = standIns.folder("broken", scripts);
    expect(shown(await refused(get({ MERIDIAN_PULUMI })))).toEqual({
      code: "MRD6003",
      message: `MERIDIAN_PULUMI=${MERIDIAN_PULUMI} is no CLI that runs`,
      next: "Name the pulumi executable or the folder it is in, or unset MERIDIAN_PULUMI.",
    });
  });
});

describe("a CLI that must be made", () => {
  const withGo = (version = "3.230.0") => {
    const log = join(standIns.root, "builds");
    return { PATH: standIns.folder("go", { go: standInGo(version, log) }), log };
  };

  test("it is built once, and found in the cache from then on", async () => {
    const { PATH, log } = withGo();
    const phases: string[] = [];
    const onProgress = ({ phase, text }: { phase: string; text: string }) => phases.push(`${phase}: ${text}`);
    const path = join(cacheDir, "3.230.0", "bin", "pulumi");
    expect(await get({ PATH }, { onProgress })).toEqual({ path, version: "3.230.0", way: "build" });
    expect(phases).toEqual([
      "fetching modules: asking the module proxy",
      "fetching modules: example.test/module v1.0.0",
      "compiling: 2 packages",
      "compiling: 1 of at most 2 packages",
      "ready: Pulumi 3.230.0",
    ]);
    expect(await get({ PATH: "" })).toEqual({ path, version: "3.230.0", way: "cache" });
    expect(builds(log)).toBe(1);
    expect(readdirSync(cacheDir).sort()).toEqual(["3.230.0", "lock"]);
  });

  test("of many that ask at once, one builds", async () => {
    const { PATH, log } = withGo();
    const all = await Promise.all(Array.from({ length: 5 }, () => get({ PATH })));
    expect(new Set(all.map(({ path }) => path)).size).toBe(1);
    expect(builds(log)).toBe(1);
  });

  test("what a killed build left is removed", async () => {
    const { PATH } = withGo();
    mkdirSync(join(cacheDir, "draft-killed", "bin"), { recursive: true });
    await get({ PATH });
    expect(readdirSync(cacheDir).sort()).toEqual(["3.230.0", "lock"]);
  });

  test("a cached file that was cut off is made again", async () => {
    const { PATH, log } = withGo();
    const { path } = await get({ PATH });
    writeFileSync(path, "#!");
    expect(await get({ PATH })).toMatchObject({ path, way: "build" });
    expect(statSync(path).size).toBeGreaterThan(2);
    expect(builds(log)).toBe(2);
  });

  test("one that is built wrong is not kept", async () => {
    const error = await refused(get({ PATH: withGo("2.0.0").PATH }));
    expect(error.detail.facts?.at(-1)).toBe("build from Go modules: what came of it is version 2.0.0");
    expect(readdirSync(cacheDir)).toEqual(["lock"]);
  });

  test("a stop is obeyed while it is built", async () => {
    const controller = new AbortController();
    const PATH = standIns.folder("slow", { go: "exec /bin/sleep 60" });
    const asked = get({ PATH }, { signal: controller.signal, onProgress: () => controller.abort() });
    expect(shown(await refused(asked))).toMatchObject({
      code: "MRD6004",
      message: "stopped while getting the Pulumi CLI",
      next: "Run it again when you are ready.",
    });
  });
});

describe("no CLI and no way to get one", () => {
  test("says what each way failed for", async () => {
    const fetched = jest.spyOn(globalThis, "fetch").mockImplementation(() => {
      const cause = Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" });
      return Promise.reject(new TypeError("fetch failed", { cause }));
    });
    const error = await refused(
      getPulumi({ cacheDir, onProgress: () => undefined, environment: { PATH: "" } }),
    ).finally(() => fetched.mockRestore());
    expect(shown(error)).toEqual({
      code: "MRD6001",
      message: "there is no Pulumi CLI of version 3.230.0 or newer",
      facts: [
        "on PATH: there is no pulumi",
        `in the cache: ${join(cacheDir, "3.230.0")} holds none`,
        "download: https://get.pulumi.com/install.sh cannot be reached (ENOTFOUND)",
        "build from Go modules: there is no go (1.25.8 or newer) on PATH",
      ],
      next: NEXT,
    });
  });

  test.each([
    {
      name: "an old CLI on PATH and a Go that fails",
      scripts: { pulumi: sayingVersion("v3.100.0"), go: "echo 'no route to proxy' >&2; exit 1" },
      facts: ["is version 3.100.0", "go list failed: no route to proxy"],
    },
    {
      name: "a CLI that crashes and a Go that says nothing",
      scripts: { pulumi: "kill -9 $$", go: "exit 2" },
      facts: ["does not run", "go list failed: it gave no reason"],
    },
  ])("$name are told apart", async ({ scripts, facts }) => {
    const error = await refused(get({ PATH: standIns.folder("bad", scripts) }));
    expect(error.code).toBe("MRD6001");
    expect([error.detail.facts?.[0], error.detail.facts?.at(-1)]).toEqual(
      facts.map((fact) => expect.stringContaining(fact) as string),
    );
  });

  test("a cache that cannot be written is one of the reasons", async () => {
    writeFileSync(join(standIns.root, "file"), "");
    const { detail } = await refused(
      get(
        { PATH: standIns.folder("go", { go: "exit 0" }) },
        { cacheDir: join(standIns.root, "file", "cache") },
      ),
    );
    expect(detail.facts?.at(-1)).toBe(
      `build from Go modules: ${join(standIns.root, "file", "cache")} cannot be written (ENOTDIR); MERIDIAN_CACHE names another folder`,
    );
  });
});

test.each([
  ["3.230.0", true],
  ["v3.230.0", true],
  ["3.230.1", true],
  ["3.231.0-alpha.1", true],
  ["3.229.9", false],
  ["3.99.0", false],
  ["4.0.0", false],
  ["2.300.0", false],
  ["", false],
  ["dev", false],
])("version %s fits: %s", (version, fits) => {
  expect(isCompatible(version)).toBe(fits);
});

test.each<{ name: string; environment: Environment; platform: NodeJS.Platform; folder: string }>([
  {
    name: "asked",
    environment: { MERIDIAN_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" },
    platform: "linux",
    folder: "/c",
  },
  {
    name: "XDG",
    environment: { XDG_CACHE_HOME: "/x", HOME: "/h" },
    platform: "darwin",
    folder: "/x/meridian",
  },
  { name: "Linux", environment: { HOME: "/h" }, platform: "linux", folder: "/h/.cache/meridian" },
  { name: "macOS", environment: { HOME: "/h" }, platform: "darwin", folder: "/h/Library/Caches/meridian" },
])("the cache of a user: $name", ({ environment, platform, folder }) => {
  expect(cacheFolder(environment, platform)).toBe(folder);
});
