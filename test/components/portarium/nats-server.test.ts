/**
 * What the values make of real servers: tokens they accept, a copy in another domain, and the copy in the
 * original's place. Needs `nats-server` on the PATH.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { trustOf, workspaceAccount } from "../../../components/messaging/claims";
import { deriveSecret } from "../../../components/messaging/nkeys";
import { natsValues } from "../../../components/messaging/nats-values";
import { componentOf, inputOf } from "../../fleet/portarium";
import { NatsClient } from "./nats-client";

const present = spawnSync("nats-server", ["--version"]).status === 0;
if (!present) console.warn("skipped: no nats-server on the PATH");
const describeWithServer = present ? describe : describe.skip;

const SEED = "a secret of the test";
const trust = trustOf(SEED, "portarium");
const acme = workspaceAccount(SEED, "portarium", "acme", 2 ** 30);
const globex = workspaceAccount(SEED, "portarium", "globex", 2 ** 30);

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });

const folder = present ? mkdtempSync(join(tmpdir(), "meridian-nats-")) : "";
const servers = new Map<string, ChildProcess>();

/** A server with what the values of its region say, but for certificates and the number of servers. */
async function start(region: string, port: number, leafnodes: object): Promise<void> {
  const { jetstream, merge, resolver } = natsValues(
    componentOf(inputOf(), region, "messaging/nats-jetstream"),
    trust,
  ).config;
  const text = [
    `server_name: ${region}`,
    `listen: "127.0.0.1:${String(port)}"`,
    `jetstream { store_dir: "${folder}/${region}", domain: ${jetstream.merge.domain},`,
    `  cipher: ${jetstream.merge.cipher}, key: $JETSTREAM_KEY }`,
    `operator: "${merge.operator}"`,
    `system_account: ${merge.system_account}`,
    `resolver: ${JSON.stringify({ ...resolver.merge, dir: `${folder}/${region}-accounts` })}`,
    `resolver_preload: ${JSON.stringify(merge.resolver_preload)}`,
    `leafnodes: ${JSON.stringify(leafnodes)}`,
  ].join("\n");
  const file = join(folder, `${region}.conf`);
  writeFileSync(file, text);
  const env = { PATH: process.env["PATH"], JETSTREAM_KEY: deriveSecret(SEED, region) };
  const server = spawn("nats-server", ["-c", file], { env, stdio: ["ignore", "ignore", "pipe"] });
  servers.set(region, server);
  await new Promise<void>((resolve, reject) => {
    let log = "";
    server.stderr.on("data", (data: Buffer) => {
      log += data.toString();
      if (log.includes("Server is ready")) resolve();
    });
    server.on("exit", () => reject(new RangeError(log)));
  });
}

/** Asks until the answer is the one that is waited for. */
async function until(ask: () => Promise<string>, wanted: RegExp): Promise<string> {
  let answer = "";
  for (let tries = 0; tries < 40; tries += 1) {
    answer = await ask();
    if (wanted.test(answer)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return answer;
}

describeWithServer("on real servers", () => {
  const clients: NatsClient[] = [];
  const client = (port: number, credentials: string): NatsClient => {
    const made = new NatsClient(port, credentials);
    clients.push(made);
    return made;
  };
  let home = 0;
  let standby = 0;

  beforeAll(async () => {
    const leaf = await freePort();
    [home, standby] = [await freePort(), await freePort()];
    const credentials = join(folder, "platform.creds");
    writeFileSync(credentials, trust.platformCredentials);
    const remote = {
      url: `nats://127.0.0.1:${String(leaf)}`,
      account: trust.platform.publicKey,
      credentials,
    };
    await start("eu-central", home, { listen: `127.0.0.1:${String(leaf)}` });
    await start("eu-north", standby, { remotes: [remote] });
  }, 20_000);

  afterAll(() => {
    for (const one of clients) one.close();
    for (const server of servers.values()) server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  const events = { name: "workspace-events", storage: "file", retention: "limits", num_replicas: 1 };
  const push = (port: number, token: string) =>
    client(port, trust.systemCredentials).request("$SYS.REQ.CLAIMS.UPDATE", token);

  test("accounts are pushed while servers run, in both regions the same, and again", async () => {
    for (const port of [home, standby, home]) {
      expect(await push(port, acme.token)).toContain('"code":200');
      expect(await push(port, globex.token)).toContain('"code":200');
    }
  });

  test("a workspace publishes what is its own, and reaches nothing of another's", async () => {
    const platform = client(home, trust.platformCredentials);
    const stream = JSON.stringify({ ...events, subjects: ["workspaces.>"] });
    expect(await platform.request("$JS.API.STREAM.CREATE.workspace-events", stream)).toContain(
      '"did_create":true',
    );
    const own = client(home, acme.credentials);
    expect(await own.request("workspaces.acme.run.started", "1")).toContain('"seq":1');
    expect(await own.request("workspaces.globex.run.started", "2")).toMatch(/^NATS\/1\.0 503/);
    expect(await client(home, globex.credentials).request("workspaces.globex.run.started", "3")).toContain(
      '"seq":2',
    );
  });

  test("the standby has a copy in its own domain", async () => {
    const platform = client(standby, trust.platformCredentials);
    const copy = JSON.stringify({
      ...events,
      sources: [{ name: "workspace-events", external: { api: "$JS.eu-central.API" } }],
    });
    expect(
      await until(() => platform.request("$JS.eu-north.API.STREAM.CREATE.workspace-events", copy), /config/),
    ).toContain('"did_create":true');
    const info = () => platform.request("$JS.eu-north.API.STREAM.INFO.workspace-events");
    expect(await until(info, /"messages":2/)).toContain('"messages":2');
  }, 20_000);

  test("the first region is lost: the copy becomes the stream by one edit, with all it had", async () => {
    servers.get("eu-central")?.removeAllListeners("exit").kill("SIGKILL");
    const platform = client(standby, trust.platformCredentials);
    const stream = JSON.stringify({ ...events, subjects: ["workspaces.>"] });
    expect(await platform.request("$JS.API.STREAM.UPDATE.workspace-events", stream)).toContain(
      '"subjects":["workspaces.\\u003e"]',
    );
    expect(await client(standby, acme.credentials).request("workspaces.acme.run.ended", "4")).toMatch(
      /"domain":"eu-north", "seq":3/,
    );
  }, 20_000);
});
