/** The edge router as Cloudflare runs it: a Worker on the platform's hostname, its table in KV, a probe a minute. */
import { WorkersCronTrigger } from "@pulumi/cloudflare/workersCronTrigger";
import { WorkersCustomDomain } from "@pulumi/cloudflare/workersCustomDomain";
import { WorkersKv } from "@pulumi/cloudflare/workersKv";
import { WorkersKvNamespace } from "@pulumi/cloudflare/workersKvNamespace";
import { WorkersScript } from "@pulumi/cloudflare/workersScript";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { canonicalJson } from "../../automation/fleet/canonical";
import type { EdgeRouterSpec } from "../../automation/fleet/specs/cloudflare/edge";
import { shardKey, TABLE_KEY } from "../../automation/fleet/specs/cloudflare/routing-table";
import type { CloudflareSetting } from "../cloudflare/account";
import { bundleWorker } from "./bundle";

/** What the Worker is written against; a later one is a change to test, not a default. */
const COMPATIBILITY_DATE = "2025-09-01";

export class EdgeRouter extends ComponentResource {
  readonly hostname: Output<string>;
  readonly #spec: EdgeRouterSpec;
  readonly #setting: CloudflareSetting;

  constructor(spec: EdgeRouterSpec, setting: CloudflareSetting, opts?: ComponentResourceOptions) {
    super("meridian:edge:Router", spec.name, {}, opts);
    this.#spec = spec;
    this.#setting = setting;
    const namespace = this.#namespace();
    const table = this.#table(namespace);
    const script = this.#script(namespace, table);
    this.#probes(script);
    this.hostname = this.#domain(script).hostname;
    this.registerOutputs({ hostname: this.hostname });
  }

  #namespace(): WorkersKvNamespace {
    const { jurisdiction, name, script } = this.#spec;
    const title = `${script}-table`;
    return new WorkersKvNamespace(
      `${name}-table`,
      {
        accountId: this.#setting.accountId,
        title,
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
      },
      { parent: this },
    );
  }

  /** The head after the shards: a router that sees a new head finds all of its shards. */
  #table(namespace: WorkersKvNamespace): WorkersKv {
    const { shards, table } = this.#spec;
    const written = shards.map((shard) =>
      this.#value(namespace, shardKey(shard.shard), canonicalJson(shard)),
    );
    return this.#value(namespace, TABLE_KEY, canonicalJson(table), written);
  }

  #value(
    namespace: WorkersKvNamespace,
    keyName: string,
    value: string,
    dependsOn: readonly WorkersKv[] = [],
  ): WorkersKv {
    return new WorkersKv(
      `${this.#spec.name}-${keyName}`,
      { accountId: this.#setting.accountId, namespaceId: namespace.id, keyName, value },
      { parent: this, dependsOn: [...dependsOn] },
    );
  }

  #script(namespace: WorkersKvNamespace, table: WorkersKv): WorkersScript {
    const { name, proofs, script } = this.#spec;
    return new WorkersScript(
      `${name}-script`,
      {
        accountId: this.#setting.accountId,
        scriptName: script,
        mainModule: "worker.js",
        content: bundleWorker(),
        compatibilityDate: COMPATIBILITY_DATE,
        bindings: [
          { type: "kv_namespace", name: "ROUTING", namespaceId: namespace.id },
          ...proofs.map(({ platform, secret }) => ({
            type: "secret_text",
            name: `PROOF_${platform.toUpperCase()}`,
            text: this.#setting.context.secret(secret),
          })),
        ],
        observability: { enabled: true, headSamplingRate: 0.1 },
      },
      { parent: this, dependsOn: [table] },
    );
  }

  #probes(script: WorkersScript): void {
    new WorkersCronTrigger(
      `${this.#spec.name}-probes`,
      {
        accountId: this.#setting.accountId,
        scriptName: script.scriptName,
        schedules: [{ cron: "* * * * *" }],
      },
      { parent: this },
    );
  }

  #domain(script: WorkersScript): WorkersCustomDomain {
    const { hostname, name } = this.#spec;
    const { accountId, zoneId } = this.#setting;
    return new WorkersCustomDomain(
      `${name}-domain`,
      { accountId, zoneId, hostname, service: script.scriptName, environment: "production" },
      { parent: this },
    );
  }
}
