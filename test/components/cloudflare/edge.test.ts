import { edgeGlobal } from "../../../automation/fleet/plan/edge";
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { parseShard, parseTable } from "../../../components/edge/worker/parse-table";
import { buildCloudflare } from "../../../components/cloudflare-program";
import { edit, filesOf, workspaceFile } from "../../fleet/build-manifests";
import { hse, made, type Made, portarium } from "../../edge/hse";
import { context, find, outline, registered } from "../registered";

const stack = ({ input, traffic }: Made): StackSpec => ({
  platform: input.topology.platform,
  stack: "global",
  kind: "global",
  provider: "cloudflare",
  after: [],
  components: edgeGlobal(input, traffic),
  hash: "",
});

const build = async (platform: Made) => registered(() => buildCloudflare(stack(platform), context()));

describe("the global stack of hse", () => {
  test("holds exactly this", async () => {
    expect(outline(await build(hse()))).toEqual([
      "cloudflare:index/ruleset:Ruleset cdn-cache < cdn",
      "cloudflare:index/ruleset:Ruleset cdn-compression < cdn",
      "cloudflare:index/workersCronTrigger:WorkersCronTrigger router-probes < router",
      "cloudflare:index/workersCustomDomain:WorkersCustomDomain router-domain < router",
      "cloudflare:index/workersKv:WorkersKv router-table < router",
      "cloudflare:index/workersKv:WorkersKv router-workspaces-000 < router",
      "cloudflare:index/workersKvNamespace:WorkersKvNamespace router-table < router",
      "cloudflare:index/workersScript:WorkersScript router-script < router",
      "cloudflare:index/zoneSetting:ZoneSetting cdn-brotli < cdn",
      "cloudflare:index/zoneSetting:ZoneSetting cdn-http2 < cdn",
      "cloudflare:index/zoneSetting:ZoneSetting cdn-http3 < cdn",
      "cloudflare:index/zoneSetting:ZoneSetting cdn-ip_geolocation < cdn",
      "cloudflare:index/zoneSetting:ZoneSetting cdn-polish < cdn",
      "cloudflare:index/zoneSetting:ZoneSetting cdn-webp < cdn",
      "meridian:cdn:Cloudflare cdn",
      "meridian:edge:Router router",
      "pulumi:providers:cloudflare cloudflare",
    ]);
  });

  test("writes a table that the Worker reads, shards first", async () => {
    const all = await build(hse());
    const head = find(all, "router-table", ":WorkersKv");
    expect(head.inputs).toMatchObject({ keyName: "table", namespaceId: "router-table-id" });
    expect(head.dependsOn).toEqual(["router-table", "router-workspaces-000"]);
    expect(parseTable(String(head.inputs["value"]))).toEqual(hse().table);
    const shard = find(all, "router-workspaces-000");
    expect(parseShard(String(shard.inputs["value"]))?.workspaces).toMatchObject({
      "hansa-chemie": {
        cell: "default",
        home: "us-east",
        replicas: ["eu-west"],
        lawful: ["us-east", "eu-west", "ap-southeast"],
        preferred: "eu-west",
      },
    });
  });

  test("runs the Worker on the platform's name, and probes each minute", async () => {
    const all = await build(hse());
    const { content, ...script } = find(all, "router-script").inputs;
    expect(script).toEqual({
      accountId: "cloudflare-account-id-value",
      scriptName: "hse-router",
      mainModule: "worker.js",
      compatibilityDate: "2025-09-01",
      bindings: [{ type: "kv_namespace", name: "ROUTING", namespaceId: "router-table-id" }],
      observability: { enabled: true, headSamplingRate: 0.1 },
    });
    expect(String(content)).not.toMatch(/require\("node:|@noble|zod/);
    expect(find(all, "router-domain").inputs).toEqual({
      accountId: "cloudflare-account-id-value",
      zoneId: "cloudflare-zone-id-value",
      hostname: "app.hse-digital.example",
      service: "hse-router",
      environment: "production",
    });
    expect(find(all, "router-probes").inputs["schedules"]).toEqual([{ cron: "* * * * *" }]);
  });

  test("caches assets a year, pages of nobody an hour, and answers of the API never", async () => {
    const rules = find(await build(hse()), "cdn-cache").inputs["rules"] as readonly {
      readonly ref: string;
      readonly expression: string;
      readonly actionParameters: unknown;
    }[];
    const kept = (seconds: number) => ({ mode: "override_origin", default: seconds });
    expect(rules.map(({ ref, actionParameters }) => [ref, actionParameters])).toEqual([
      ["dynamic", { cache: true, edgeTtl: kept(3_600), browserTtl: kept(3_600) }],
      ["static", { cache: true, edgeTtl: kept(31_536_000), browserTtl: kept(31_536_000) }],
      ["api", { cache: false }],
    ]);
    for (const name of ["authorization", "cookie", "meridian-workspace"]) {
      expect(rules[0]?.expression).toContain(`any(http.request.headers.names[*] == "${name}")`);
    }
    expect(rules[2]?.expression).toBe('(starts_with(http.request.uri.path, "/api/"))');
  });

  test("compresses with Brotli and gzip", async () => {
    const rules = find(await build(hse()), "cdn-compression").inputs["rules"];
    const algorithms = [{ name: "brotli" }, { name: "gzip" }, { name: "auto" }];
    expect(rules).toMatchObject([{ action: "compress_response", actionParameters: { algorithms } }]);
  });

  test("behind CloudFront the Worker knows its secret, and keeps it one", async () => {
    const files = edit(filesOf("hse"), "engine: cloudflare\n", "engine: cloudfront\n");
    const all = await build(made(files));
    const { inputs, secrets } = find(all, "router-script");
    expect(inputs["bindings"]).toContainEqual({
      type: "secret_text",
      name: "PROOF_AWS",
      text: "edge-proof-aws-value",
    });
    expect(secrets.join()).toContain("bindings[1].text");
    expect(all.filter(({ type }) => type.includes("ruleset"))).toEqual([]);
  });

  test.each([
    { engine: "fastly", more: "", says: "fastly" },
    { engine: "custom", more: "\n      plugin: our-cdn", says: "our-cdn" },
  ])("$engine without a provider is one clear error", async ({ engine, more, says }) => {
    const files = edit(filesOf("hse"), "engine: cloudflare\n", `engine: ${engine}${more}\n`);
    await expect(build(made(files))).rejects.toMatchObject({
      code: "MRD5016",
      message: `the CDN is "${says}", and no provider of it is plugged in`,
    });
  });
});

test("portarium: no cache, two cells, and what is known of workspaces stays nowhere in particular", async () => {
  const all = await build(portarium());
  expect(all.filter(({ type }) => type.includes(":cdn:"))).toEqual([]);
  expect(portarium().table.cells.map(({ name }) => name)).toEqual(["eu", "us"]);
  expect(find(all, "router-table", ":WorkersKvNamespace").inputs).not.toHaveProperty("jurisdiction");
});

test("adding a workspace changes one value in KV", async () => {
  const values = async (platform: Made) =>
    new Map(
      (await build(platform))
        .filter(({ type }) => type.endsWith(":WorkersKv"))
        .map(({ name, inputs }) => [name, inputs["value"]]),
    );
  const before = await values(hse());
  const after = await values(made([...filesOf("hse"), workspaceFile("hse", "new-tenant", "us-east")]));
  expect([...after].filter(([name, value]) => before.get(name) !== value).map(([name]) => name)).toEqual([
    "router-workspaces-000",
  ]);
});
