import { createHash } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { StackSpec } from "../../fleet/stack-spec";
import type { GraphResource, Target } from "../engine";
import { readJson, writeJson } from "./disk";

/** Files of one code version kept on disk; the oldest go first. */
const MOST_FILES = 2_000;

type Graph = readonly GraphResource[];

/**
 * Graphs of stacks whose specification has not changed. A graph depends on nothing but its StackSpec,
 * the target and our code, so it is never out of date; a cache that cannot be read is merely slower.
 */
export class GraphCache {
  private readonly memory = new Map<string, Graph>();
  private readonly folder: string | undefined;
  private readonly most: number;

  /** Without a folder it lives and dies with the process. */
  constructor(
    private readonly codeVersion: string,
    { folder, most = 500 }: { readonly folder?: string; readonly most?: number } = {},
  ) {
    this.most = most;
    this.folder = folder === undefined ? undefined : join(folder, safe(codeVersion));
    if (folder !== undefined && this.folder !== undefined) tidy(folder, this.folder);
  }

  get(spec: StackSpec, target: Target): Graph | undefined {
    const key = this.keyOf(spec, target);
    const graph = this.memory.get(key) ?? this.fromDisk(key);
    if (graph !== undefined) this.remember(key, graph);
    return graph;
  }

  set(spec: StackSpec, target: Target, graph: Graph): void {
    const key = this.keyOf(spec, target);
    this.remember(key, graph);
    if (this.folder === undefined) return;
    bestEffort(() => writeJson(key, this.fileOf(key), graph));
  }

  private remember(key: string, graph: Graph): void {
    this.memory.delete(key);
    this.memory.set(key, graph);
    const [oldest] = this.memory.keys();
    if (this.memory.size > this.most && oldest !== undefined) this.memory.delete(oldest);
  }

  private fromDisk(key: string): Graph | undefined {
    if (this.folder === undefined) return undefined;
    return bestEffort(() => readJson(key, this.fileOf(key), isGraph));
  }

  private fileOf(key: string): string {
    return join(this.folder ?? "", `${key}.json`);
  }

  private keyOf(spec: StackSpec, target: Target): string {
    return createHash("sha256").update([this.codeVersion, target, spec.hash].join("\u0000")).digest("hex");
  }
}

const isGraph = (value: unknown): value is Graph => Array.isArray(value);
const safe = (name: string): string => encodeURIComponent(name).replaceAll(".", "%2E");

function bestEffort<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Removes graphs of other code versions, and the oldest of this one. */
function tidy(all: string, current: string): void {
  bestEffort(() => {
    for (const name of readdirSync(all)) {
      const folder = join(all, name);
      if (folder !== current) rmSync(folder, { recursive: true, force: true });
    }
    const files = readdirSync(current).map((name) => join(current, name));
    if (files.length <= MOST_FILES) return;
    const aged = files.map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => b.at - a.at);
    for (const { file } of aged.slice(MOST_FILES / 2)) rmSync(file, { force: true });
  });
}
