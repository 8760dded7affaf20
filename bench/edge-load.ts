/** Load from this process: as fast as some connections go, or at a rate that does not wait for answers. */
import { Agent, request } from "node:http";
import { BenchError } from "./child";
import { workspaceName } from "./edge-table";

const COUNTRIES = ["US", "DE", "SG"];

export class Load {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #workspaces: number;
  #sent = 0;

  constructor(url: string, workspaces: number, connections: number) {
    this.#url = url;
    this.#workspaces = workspaces;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** One request of the next workspace, every tenth a write. */
  async send(): Promise<void> {
    this.#sent += 1;
    const at = (this.#sent * 7_919) % this.#workspaces;
    const country = COUNTRIES[at % COUNTRIES.length] ?? "US";
    const headers = {
      host: "app.bench.example",
      "test-cf": JSON.stringify({ country }),
      "cf-ipcountry": country,
      "meridian-workspace": workspaceName(at),
    };
    const method = this.#sent % 10 === 0 ? "POST" : "GET";
    await new Promise<void>((resolve, reject) => {
      const sent = request(this.#url, { agent: this.#agent, headers, method }, (response) => {
        if (response.statusCode !== 200) reject(new BenchError(`answered ${String(response.statusCode)}`));
        response.on("end", resolve).on("error", reject).resume();
      });
      sent.on("error", reject).end();
    });
  }

  /** Requests a second. */
  async throughput(connections: number, milliseconds: number): Promise<number> {
    const began = performance.now();
    let done = 0;
    const one = async (): Promise<void> => {
      while (performance.now() - began < milliseconds) {
        await this.send();
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, one));
    return done / ((performance.now() - began) / 1_000);
  }

  /** 99th percentile in milliseconds, each request timed from when it was due. */
  async p99(perSecond: number, milliseconds: number): Promise<number> {
    const began = performance.now();
    const times: number[] = [];
    const open: Promise<void>[] = [];
    const due = (at: number): number => began + (at * 1_000) / perSecond;
    const total = Math.floor((perSecond * milliseconds) / 1_000);
    for (let at = 0; at < total;) {
      for (; at < total && due(at) <= performance.now(); at += 1) {
        const from = due(at);
        open.push(
          this.send().then(() => {
            times.push(performance.now() - from);
          }),
        );
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(open);
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
  }

  close(): void {
    this.#agent.destroy();
  }
}
