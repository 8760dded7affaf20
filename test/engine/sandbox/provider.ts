import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cloudOf, type SandboxProvider } from "../../../automation/engine/sandbox/clouds";
import { armFaults, type Fault } from "../../../automation/engine/sandbox/faults";
import { serve } from "../../../automation/engine/sandbox/server";
import { reveal, type Properties } from "../../../automation/engine/sandbox/values";
import { World } from "../../../automation/engine/sandbox/world";
import { ProviderClient, type Target } from "./provider-client";

const open: (() => void)[] = [];

/** Ends every provider a test began, and removes their worlds. */
export function closeAll(): void {
  for (const close of open.splice(0)) close();
}

export class TestProvider {
  constructor(
    readonly client: ProviderClient,
    readonly folder: string,
  ) {}

  get world(): World {
    return new World(this.folder);
  }

  /** `create kubernetes/eu/core/Namespace/shop`, a line an operation. */
  get journal(): readonly string[] {
    return this.world.journal().map(({ operation, key }) => `${operation} ${key}`);
  }

  faults(...faults: readonly Fault[]): void {
    armFaults(this.folder, faults);
  }

  /** Checks and creates, as the engine does. */
  async make(target: Target, news: Properties) {
    const { inputs, failures } = await this.client.check(target, {}, news);
    expect(failures).toEqual([]);
    const { id, outputs } = await this.client.create(target, inputs);
    return { target, id, inputs, outputs, plain: reveal(outputs) as Properties };
  }
}

/** A provider in this process, reached over gRPC, with a world of its own. */
export async function startProvider(
  provider: SandboxProvider,
  config: Properties = {},
): Promise<TestProvider> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const { port, server } = await serve(cloudOf(provider), {
    world: folder,
    faults: undefined,
    version: "1.2.3",
  });
  const client = new ProviderClient(port);
  open.push(() => {
    client.close();
    server.forceShutdown();
    rmSync(folder, { recursive: true, force: true });
  });
  await client.configure(config);
  return new TestProvider(client, folder);
}
