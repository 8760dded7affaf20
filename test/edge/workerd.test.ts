/** The Worker as it is deployed, in real workerd: a process of its own, reached over HTTP. */
import { once } from "node:events";
import { request as httpRequest } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { canonicalJson } from "../../automation/fleet/canonical";
import {
  HEALTH_KEY,
  type RoutingTable,
  shardKey,
  TABLE_KEY,
} from "../../automation/fleet/specs/cloudflare/routing-table";
import { routingShards } from "../../automation/fleet/plan/routing-table";
import {
  close,
  type Kv,
  kvServer,
  listen,
  type Listening,
  startWorkerd,
  type Workerd,
} from "../../bench/edge-workerd";
import { bundleWorker } from "../../components/edge/bundle";
import { hse } from "./hse";

const MADE = hse();
const DRIVER = `export default { async fetch(request, env) {
  await env.ROUTER.scheduled({ cron: "* * * * *" });
  return new Response("probed");
} };`;

/** One region's application, which says what it was sent. */
interface Origin extends Listening {
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly seen: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }[];
}

async function origin(name: string): Promise<Origin> {
  const seen: Origin["seen"] = [];
  const here: { current?: Origin } = {};
  const listening = await listen((request, response) => {
    seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    here.current?.answer(request, response);
  });
  const answer: Origin["answer"] = (_request, response) => void response.end(name);
  here.current = { ...listening, seen, answer };
  return here.current;
}

const NAMES = ["us-east", "eu-west", "ap-southeast"] as const;
type Name = (typeof NAMES)[number];

let kv: Kv;
let origins: Record<Name, Origin>;
let running: Workerd;
let table: RoutingTable;

const publish = (next: RoutingTable): void => void kv.values.set(TABLE_KEY, canonicalJson(next));

async function start(): Promise<void> {
  running = await startWorkerd(
    [
      {
        name: "router",
        code: bundleWorker(),
        bindings: [
          `(name = "ROUTING", kvNamespace = "kv")`,
          `(name = "PROOF_AWS", text = "proof-of-aws")`,
          `(name = "PROOF_CUSTOM", text = "proof-of-custom")`,
        ],
      },
      {
        name: "driver",
        code: DRIVER,
        bindings: [`(name = "ROUTER", service = "router")`],
        flags: ["service_binding_extra_handlers"],
      },
    ],
    kv.port,
  );
}

beforeEach(async () => {
  kv = await kvServer();
  const [a, b, c] = await Promise.all(NAMES.map(origin));
  if (a === undefined || b === undefined || c === undefined) throw new RangeError("three regions");
  origins = { "us-east": a, "eu-west": b, "ap-southeast": c };
  table = {
    ...MADE.table,
    regions: MADE.table.regions.map((region) => ({ ...region, origin: origins[region.name as Name].url })),
    breaker: { failures: 3, cooldown: 1 },
    // One probe a round, one round a minute.
    health: { ...MADE.table.health, timeout: 0.5, interval: 60, failures: 1, successes: 1, wait: 0, ramp: 0 },
  };
  publish(table);
  for (const shard of routingShards(MADE.input)) kv.values.set(shardKey(shard.shard), canonicalJson(shard));
  await start();
});

afterEach(async () => {
  await running.stop();
  await Promise.all([close(kv), ...Object.values(origins).map(close)]);
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Not fetch, which will not send a Host of ours. */
async function send(
  headers: Readonly<Record<string, string>> = {},
  method = "GET",
  path = "/",
  body = "",
): Promise<Reply> {
  const options = { method, headers: { host: table.hostname, ...headers } };
  const sent = httpRequest(`${running.urls["router"] ?? ""}${path}`, options).end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const part of response.setEncoding("utf8")) text += part as string;
  return { status: response.statusCode ?? 0, headers: response.headers, body: text };
}

/** As from Cloudflare's edge in that country. */
const at = (country: string, more: Readonly<Record<string, string>> = {}) => ({
  "test-cf": JSON.stringify({ country }),
  "cf-ipcountry": country,
  ...more,
});
const of = (workspace: string) => ({ "meridian-workspace": workspace });
const where = ({ status, body }: Reply): string => (status === 200 ? body : String(status));
const code = ({ body }: Reply): unknown => (JSON.parse(body) as { readonly code: unknown }).code;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const probe = async (): Promise<void> => void (await (await fetch(running.urls["driver"] ?? "")).text());
const fail = (status: number) => (_: IncomingMessage, response: ServerResponse) =>
  void response.writeHead(status).end("x");

test("readers go to the region of their continent; a copy says that it is one", async () => {
  expect(where(await send(at("US")))).toBe("us-east");
  expect(where(await send(at("DE")))).toBe("eu-west");
  expect(where(await send(at("AU")))).toBe("ap-southeast");
  origins["eu-west"].answer = (_, response) => void response.setHeader("meridian-lag", "1.5").end("eu-west");
  const copy = await send(at("DE"), "GET", "/a?b=c");
  expect(copy.headers).toMatchObject({
    "meridian-region": "eu-west",
    "meridian-epoch": "1",
    "meridian-warning": "eventual-consistency; region=eu-west; lag=1.5; epoch=1",
  });
  expect((await send(at("US"))).headers).not.toHaveProperty("meridian-warning");
  expect(origins["eu-west"].seen.at(-1)).toMatchObject({
    url: "/a?b=c",
    headers: { "x-forwarded-host": table.hostname, "meridian-region": "eu-west", "meridian-epoch": "1" },
  });
});

test("a country counts only from the platform that says it", async () => {
  expect(where(await send({ "cf-ipcountry": "DE" }))).toBe("us-east");
  expect(where(await send(at("US", { "x-geo-country": "DE", "cloudfront-viewer-country": "SG" })))).toBe(
    "us-east",
  );
  // Whoever sets the header himself is overruled by what Cloudflare knows.
  expect(where(await send({ ...at("US"), "cf-ipcountry": "DE" }))).toBe("us-east");
  const viaAws = { "cloudfront-viewer-country": "SG", "x-geo-country": "DE" };
  expect(where(await send(at("US", { ...viaAws, "meridian-proof": "proof-of-aws" })))).toBe("ap-southeast");
  expect(where(await send(at("US", { ...viaAws, "meridian-proof": "proof-of-custom" })))).toBe("eu-west");
  expect(where(await send(at("US", { ...viaAws, "meridian-proof": "guessed" })))).toBe("us-east");
  const sent = Object.values(origins).flatMap(({ seen }) => seen);
  expect(sent.filter(({ headers }) => "meridian-proof" in headers)).toEqual([]);
  expect(origins["us-east"].seen.filter(({ headers }) => "x-geo-country" in headers)).toEqual([]);
});

test("writes go to the owner with their body, reads of a workspace only where it may be read", async () => {
  let body = "";
  origins["us-east"].answer = (request, response) => {
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => response.end("us-east"));
  };
  expect(where(await send(at("SG", of("merlion-ports")), "POST", "/orders", "an order"))).toBe("us-east");
  expect(body).toBe("an order");
  const lies = { cookie: "region=ap-southeast", "meridian-region": "ap-southeast", "x-forwarded-host": "ap" };
  expect(where(await send(at("SG", { ...of("hansa-chemie"), ...lies })))).toBe("eu-west");
  expect(origins["eu-west"].seen.at(-1)?.headers).toMatchObject({
    "meridian-region": "eu-west",
    "x-forwarded-host": table.hostname,
    "meridian-workspace": "hansa-chemie",
  });
  expect(origins["ap-southeast"].seen).toEqual([]);
  expect([
    (await send(of("nobody"))).status,
    (await send(of("acme"), "GET", "/workspaces/zen")).status,
  ]).toEqual([404, 400]);
});

describe("an origin that", () => {
  test.each([
    { name: "answers 500", answer: fail(500) },
    { name: "answers 503", answer: fail(503) },
    { name: "resets", answer: (request: IncomingMessage) => void request.socket.destroy() },
    { name: "hangs", answer: () => undefined },
  ])("$name: a read is tried once elsewhere, a write never", async ({ answer }) => {
    origins["eu-west"].answer = answer;
    expect(where(await send(at("DE")))).toBe("us-east");
    origins["us-east"].answer = answer;
    if (answer.length === 0) return; // writes may take long
    const failed = await send(at("DE"), "POST");
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect(origins["us-east"].seen.filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(origins["ap-southeast"].seen).toEqual([]);
  });

  test("is gone: its circuit opens, is left alone, and closes when it is back", async () => {
    origins["eu-west"].answer = (request) => void request.socket.destroy();
    for (let sent = 0; sent < 3; sent += 1) expect(where(await send(at("DE")))).toBe("us-east");
    const before = origins["eu-west"].seen.length;
    for (let sent = 0; sent < 5; sent += 1) expect(where(await send(at("DE")))).toBe("us-east");
    expect(origins["eu-west"].seen).toHaveLength(before);
    origins["eu-west"].answer = (_, response) => void response.end("eu-west");
    await pause(1_100);
    expect(where(await send(at("DE")))).toBe("eu-west");
  });

  test("owns the writes and is gone: 502 and then 503, both say when to come back", async () => {
    origins["us-east"].answer = (request) => void request.socket.destroy();
    const replies: Reply[] = [];
    for (let sent = 0; sent < 4; sent += 1) replies.push(await send(of("gulf-drilling"), "POST"));
    expect(replies.map(({ status }) => status)).toEqual([502, 502, 502, 503]);
    expect(replies.map(code)).toEqual([...Array<string>(3).fill("origin-unreachable"), "no-owner"]);
    for (const { headers } of replies)
      expect(headers).toMatchObject({ "retry-after": "30", "cache-control": "no-store" });
  });
});

test("probes take a region out and let it in again; what all of them say is not believed", async () => {
  origins["eu-west"].answer = fail(500);
  await probe();
  origins["eu-west"].answer = (_, response) => void response.end("eu-west");
  const health = JSON.parse(kv.values.get(HEALTH_KEY) ?? "{}") as { readonly regions: unknown };
  expect(health.regions).toMatchObject({ "us-east": { down: false }, "eu-west": { down: true } });
  expect(where(await send(at("DE")))).toBe("us-east");
  await running.stop();
  for (const one of Object.values(origins)) one.answer = fail(500);
  await probeAfterRestart();
  for (const name of NAMES) origins[name].answer = (_, response) => void response.end(name);
  expect(where(await send(at("DE")))).toBe("eu-west");
  expect(where(await send(at("DE"), "POST"))).toBe("us-east");
});

async function probeAfterRestart(): Promise<void> {
  await start();
  await probe();
}

describe("the table", () => {
  test("nobody has one: 503, and service as soon as there is one", async () => {
    kv.values.delete(TABLE_KEY);
    const none = await send(at("DE"));
    expect([none.status, code(none), none.headers["retry-after"]]).toEqual([503, "no-table", "5"]);
    publish(table);
    expect(where(await send(at("DE")))).toBe("eu-west");
  });

  test.each([
    { name: "KV is down", spoil: () => (kv.fault.broken = true) },
    { name: "it is gone", spoil: () => kv.values.clear() },
    { name: "it is no JSON", spoil: () => kv.values.set(TABLE_KEY, "{") },
    { name: "it has no regions", spoil: () => publish({ ...table, regions: [] }) },
    {
      name: "it is too large",
      spoil: () => kv.values.set(TABLE_KEY, `${canonicalJson(table)}${" ".repeat(9e6)}`),
    },
    { name: "it is of an earlier epoch", spoil: () => publish(moved("ap-southeast", 0)) },
  ])("$name: the last good one stays", async ({ spoil }) => {
    expect(where(await send(at("DE", of("gulf-drilling"))))).toBe("eu-west");
    spoil();
    await learn(2); // an owner of a later epoch makes the router look
    expect(where(await send(at("DE", of("gulf-drilling"))))).toBe("eu-west");
    expect((await send(of("gulf-drilling"), "POST")).headers["meridian-epoch"]).toBeUndefined();
    expect(origins["ap-southeast"].seen).toEqual([]);
  });

  test("an owner of a later epoch is heard: no write goes by the old table, the new one is used at once", async () => {
    const write = async () => send(of("gulf-drilling"), "POST");
    expect(where(await write())).toBe("us-east");
    await learn(2);
    const stale = await write();
    expect([stale.status, code(stale), stale.headers["retry-after"]]).toEqual([503, "stale-table", "30"]);
    publish(moved("eu-west", 2));
    await running.stop(); // and so does a router that has just begun
    await start();
    expect(where(await write())).toBe("eu-west");
  });
});

/** The table after a failover. */
const moved = (region: string, epoch: number): RoutingTable => ({
  ...table,
  cells: [
    {
      name: "default",
      writers: [{ region, epoch }],
      standbys: [],
      readers: NAMES.filter((name) => name !== region),
    },
  ],
});

async function learn(epoch: number): Promise<void> {
  origins["us-east"].answer = (_, response) =>
    void response.setHeader("meridian-epoch", String(epoch)).end("us-east");
  await pause(1_050); // a table is looked for once a second at most
  await send(at("US"));
  await pause(100);
  origins["us-east"].answer = (_, response) => void response.end("us-east");
}
