/**
 * The NATS accounts of one shard of workspaces in one region.
 *
 * Servers keep accounts in a resolver, so a new one is pushed to them while they run. Deleting one here takes
 * its credentials away; the servers' copy goes by `nats auth account rm`, for a lost answer must not cut off a
 * workspace that is in use.
 */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import type { MessagingAccountsSpec, NatsAccount } from "../../automation/fleet/specs/kubernetes/nats";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { workspaceAccount, type WorkspaceAccount } from "./claims";
import { CREDENTIALS, NATS_CERTIFICATE, NATS_TOOLS_IMAGE, natsUrl, SYSTEM_SECRET } from "./nats-names";

const TOKENS_PATH = "/etc/nats/accounts";
const SYSTEM_PATH = "/etc/nats/system";
const TLS_PATH = "/etc/nats/tls";
const UNITS: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** `1Gi` is 1073741824. */
export const bytesOf = (quantity: string): number =>
  Number.parseInt(quantity, 10) * (UNITS[quantity.replace(/^\d+/, "")] ?? 1);

/** Pushes every token; servers answer an account they know already as they do a new one. */
export const pushScript = (namespace: string): string =>
  [
    `for token in ${TOKENS_PATH}/*; do`,
    `  answer=$(nats --server ${natsUrl(namespace)} --creds ${SYSTEM_PATH}/${CREDENTIALS} \\`,
    `    --tlsca ${TLS_PATH}/ca.crt --tlscert ${TLS_PATH}/tls.crt --tlskey ${TLS_PATH}/tls.key \\`,
    `    request --raw --timeout 10s '$SYS.REQ.CLAIMS.UPDATE' "$(cat "$token")")`,
    `  case $answer in *'"code":200'*) ;; *) echo "\${token##*/}: $answer" >&2; exit 1 ;; esac`,
    "done",
  ].join("\n");

export class MessagingAccounts extends ComponentResource {
  /** Done when the servers know every account. */
  readonly ready: readonly Resource[];
  readonly #spec: MessagingAccountsSpec;
  readonly #labels: Readonly<Record<string, string>>;

  constructor(spec: MessagingAccountsSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:messaging:Accounts", spec.name, {}, opts);
    this.#spec = spec;
    this.#labels = labelsOf(setting, "nats");
    const seed = setting.context.secret(spec.seed);
    const made = spec.accounts.map((account) => ({
      account,
      known: seed.apply((text) => this.#derive(text, account)),
    }));
    const credentials = made.map(({ account, known }) => this.#credentials(account, known));
    const tokens = all(
      made.map(({ account, known }) => known.apply(({ token }) => [account.workspace, token] as const)),
    ).apply((pairs): Record<string, string> => Object.fromEntries(pairs));
    this.ready = [...credentials, this.#push(tokens)];
    this.registerOutputs({ workspaces: spec.accounts.map(({ workspace }) => workspace) });
  }

  #derive(seed: string, { workspace, storage }: NatsAccount): WorkspaceAccount {
    return workspaceAccount(seed, this.#spec.platform, workspace, bytesOf(storage));
  }

  #credentials({ workspace, namespace }: NatsAccount, known: Output<WorkspaceAccount>): Secret {
    const metadata = {
      name: "nats",
      namespace,
      labels: { ...this.#labels, "meridian.dev/workspace": workspace },
    };
    const stringData = { [CREDENTIALS]: known.apply(({ credentials }) => credentials) };
    return new Secret(`${this.#spec.name}-${workspace}`, { metadata, stringData }, { parent: this });
  }

  #push(stringData: Output<Record<string, string>>): Job {
    const { name, namespace } = this.#spec;
    const metadata = { name, namespace, labels: { ...this.#labels } };
    const secret = new Secret(`${name}-tokens`, { metadata, stringData }, { parent: this });
    const spec = runOnceSpec({
      image: NATS_TOOLS_IMAGE,
      script: pushScript(namespace),
      labels: this.#labels,
      // So that the Job runs again when a token is another one.
      variables: {
        TOKENS: stringData.apply((tokens) =>
          createHash("sha256").update(JSON.stringify(tokens)).digest("hex"),
        ),
      },
      secrets: { [TOKENS_PATH]: name, [SYSTEM_PATH]: SYSTEM_SECRET, [TLS_PATH]: NATS_CERTIFICATE },
    });
    return new Job(`${name}-push`, { metadata, spec }, { parent: this, dependsOn: [secret] });
  }
}
