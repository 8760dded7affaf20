import { Worker } from "node:worker_threads";
import { once } from "node:events";
import { bundleWorker } from "../components/edge/bundle";
import { Load } from "./edge-load";
import { edgeTable } from "./edge-table";
import { close, kvServer, startWorkerd } from "./edge-workerd";
import { type Bench, type Measured, median, type Size } from "./figure";

/** The least a Worker in front of an origin can do. */
const PASS_THROUGH = `export default { async fetch(request, env) {
  const { pathname, search } = new URL(request.url);
  return fetch(env.ORIGIN + pathname + search, request);
} };`;

/** In a thread of its own: the client must not wait for it. */
const ORIGIN = `const { parentPort } = require("node:worker_threads");
const server = require("node:http").createServer((request, response) => {
  request.resume().on("end", () => response.end("ok"));
}).listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
server.keepAliveTimeout = 60000;`;

const RUNS = {
  whole: { workspaces: 10_000, rounds: 7, milliseconds: 3_000 },
  smoke: { workspaces: 1_000, rounds: 1, milliseconds: 200 },
} as const;
const CONNECTIONS = 32;
const RATE = 1_000;

interface Pair {
  readonly bare: Load;
  readonly router: Load;
}

/** Turn by turn, so that whatever else the machine does is shared: the middle one of the rounds. */
async function turns(
  { bare, router }: Pair,
  rounds: number,
  measure: (load: Load) => Promise<number>,
  compare: (bare: number, router: number) => number,
): Promise<number> {
  const found: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? bare : router;
    const one = await measure(first);
    const other = await measure(first === bare ? router : bare);
    found.push(first === bare ? compare(one, other) : compare(other, one));
  }
  return median(found);
}

async function measured(pair: Pair, size: Size): Promise<readonly Measured[]> {
  const { milliseconds, rounds, workspaces } = RUNS[size];
  for (const load of [pair.bare, pair.router]) await load.throughput(CONNECTIONS, milliseconds);
  const share = await turns(
    pair,
    rounds,
    async (load) => load.throughput(CONNECTIONS, milliseconds),
    (bare, router) => (router / bare) * 100,
  );
  const added = await turns(
    pair,
    rounds,
    async (load) => load.p99(RATE, milliseconds),
    (bare, router) => router - bare,
  );
  const table = `${String(workspaces)} workspaces`;
  return [
    {
      name: `edge router, throughput of a bare pass-through, ${table}`,
      value: share,
      unit: "%",
      target: { atLeast: 85 },
    },
    {
      name: `edge router, added to the p99 at ${String(RATE)}/s, ${table}`,
      value: added,
      unit: "ms",
      target: { atMost: 1 },
    },
  ];
}

async function run(size: Size): Promise<readonly Measured[]> {
  const { workspaces } = RUNS[size];
  const origin = new Worker(ORIGIN, { eval: true });
  const [port] = (await once(origin, "message")) as [number];
  const url = `http://127.0.0.1:${String(port)}`;
  const kv = await kvServer();
  for (const [key, value] of edgeTable(url, workspaces)) kv.values.set(key, value);
  const running = await startWorkerd(
    [
      { name: "bare", code: PASS_THROUGH, bindings: [`(name = "ORIGIN", text = "${url}")`] },
      { name: "router", code: bundleWorker(), bindings: [`(name = "ROUTING", kvNamespace = "kv")`] },
    ],
    kv.port,
  );
  const load = (name: string) => new Load(running.urls[name] ?? "", workspaces, CONNECTIONS * 4);
  const pair = { bare: load("bare"), router: load("router") };
  try {
    return await measured(pair, size);
  } finally {
    pair.bare.close();
    pair.router.close();
    await running.stop();
    await close(kv);
    await origin.terminate();
  }
}

export const edge: Bench = {
  name: "edge",
  about: "the edge router in workerd beside a Worker that only passes requests through",
  run,
};
