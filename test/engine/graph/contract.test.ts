/** @jest-environment ./test/engine/graph/process-environment.ts */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderGraphStore } from "../../../automation/engine/graph/folder-store";
import { GraphEngine } from "../../../automation/engine/graph/graph-engine";
import { MemoryGraphStore } from "../../../automation/engine/graph/graph-store";
import { sandboxKnowledge } from "../../../automation/engine/graph/sandbox-knowledge";
import { engineContract } from "../contract";

engineContract("the graph engine in memory", async () => ({
  engine: new GraphEngine({ store: new MemoryGraphStore(), knowledge: sandboxKnowledge }),
  cleanup: async () => undefined,
}));

engineContract("the graph engine on disk", async () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-graph-"));
  return {
    engine: new GraphEngine({ store: new FolderGraphStore(folder), knowledge: sandboxKnowledge }),
    cleanup: async () => rmSync(folder, { recursive: true, force: true }),
  };
});
