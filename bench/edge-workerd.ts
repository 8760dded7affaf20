/** A real workerd in a process of its own, on loopback ports it finds free, with KV served from here. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** Asked for when it is used: only those who test or measure have it. */
async function binary(): Promise<string> {
  const name: string = "workerd";
  const found = (await import(name)) as { readonly default: string };
  return found.default;
}

/** An HTTP server on a free port. */
export interface Listening {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
}

export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer(handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

export async function close({ server }: Listening): Promise<void> {
  server.closeAllConnections();
  if (!server.listening) return;
  server.close();
  await once(server, "close");
}

/** Workers KV as workerd asks for it over HTTP. */
export interface Kv extends Listening {
  readonly values: Map<string, string>;
  readonly fault: { broken: boolean };
}

export async function kvServer(): Promise<Kv> {
  const values = new Map<string, string>();
  const fault = { broken: false };
  const listening = await listen((request, response) => {
    const key = decodeURIComponent(new URL(request.url ?? "/", "http://kv").pathname.slice(1));
    if (fault.broken) return void response.writeHead(500).end();
    if (request.method !== "PUT") {
      const value = values.get(key);
      return void response.writeHead(value === undefined ? 404 : 200).end(value);
    }
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => (text += part));
    request.on("end", () => {
      values.set(key, text);
      response.end();
    });
  });
  return { ...listening, values, fault };
}

export interface Service {
  readonly name: string;
  readonly script: string;
  /** Cap'n Proto of each binding. */
  readonly bindings?: readonly string[];
  /** Experimental compatibility flags. */
  readonly flags?: readonly string[];
}

export interface Workerd {
  readonly pid: number;
  /** URL of a service by name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const worker = ({ name, script, bindings = [], flags = [] }: Service): string => `
    (name = "${name}", worker = (
      modules = [(name = "worker.js", esModule = embed "${script}")],
      compatibilityDate = "2025-09-01",
      compatibilityFlags = [${flags.map((flag) => JSON.stringify(flag)).join(", ")}],
      bindings = [${bindings.join(", ")}],
      globalOutbound = "loopback",
    )),`;

const config = (services: readonly Service[], kvPort: number): string => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "loopback", network = (allow = ["local", "private"])),
    (name = "kv", external = (address = "127.0.0.1:${kvPort}", http = ())),${services.map(worker).join("")}
  ],
  sockets = [${services
    .map(
      ({ name }) =>
        `(name = "${name}", address = "127.0.0.1:0", http = (cfBlobHeader = "test-cf"), service = "${name}")`,
    )
    .join(", ")}],
);
`;

/** Reads `{"event":"listen","socket":…,"port":…}` lines until every socket is there. */
async function ports(child: ChildProcess, count: number): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  let text = "";
  const control = child.stdio[3] as Readable;
  for await (const part of control.setEncoding("utf8")) {
    text += part as string;
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) {
      const said = JSON.parse(line) as { readonly socket?: string; readonly port?: number };
      if (said.socket !== undefined) urls[said.socket] = `http://127.0.0.1:${String(said.port)}`;
    }
    if (Object.keys(urls).length >= count) return urls;
  }
  throw new RangeError("workerd ended before it listened");
}

/** Starts the services; every one has a socket of its name. */
export async function startWorkerd(
  services: readonly (Omit<Service, "script"> & { readonly code: string })[],
  kvPort: number,
): Promise<Workerd> {
  const folder = mkdtempSync(join(tmpdir(), "meridian-workerd-"));
  const files = services.map(({ code, ...service }) => {
    writeFileSync(join(folder, `${service.name}.js`), code);
    return { ...service, script: `${service.name}.js` };
  });
  writeFileSync(join(folder, "config.capnp"), config(files, kvPort));
  const child = spawn(await binary(), ["serve", "config.capnp", "--control-fd=3", "--experimental"], {
    cwd: folder,
    stdio: [
      "ignore",
      "ignore",
      process.env["MERIDIAN_WORKERD_LOG"] === undefined ? "ignore" : "inherit",
      "pipe",
    ],
  });
  const exited = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    urls: await ports(child, services.length),
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
