import type { TemporalNamespace } from "../../../automation/fleet/specs/kubernetes/temporal";
import { connectScript, namespacesScript } from "../../../components/workflow/temporal-connect";
import { runScript } from "./scripts";

const CONNECTION =
  " --address temporal-frontend.temporal.svc:7233 --tls-server-name temporal-frontend" +
  " --tls-ca-path /etc/temporal/frontend/ca.crt --tls-cert-path /etc/temporal/frontend/tls.crt" +
  " --tls-key-path /etc/temporal/frontend/tls.key";

/** What was asked of Temporal, without how it was reached. */
const asked = (calls: readonly string[]): readonly string[] =>
  calls.map((call) => call.replace(CONNECTION, "").replace("temporal operator ", ""));

const run = (script: string, temporal: string) => {
  const { status, calls, stderr } = runScript(script, { temporal, sleep: "exit 0" });
  return { status, calls: asked(calls), stderr };
};

const peer = (cluster: string) => ({
  cluster,
  address: { host: `temporal.${cluster}.portarium.example`, port: 7233 },
});

describe("connecting", () => {
  const script = connectScript("temporal", [peer("eu-north"), peer("eu-west")]);

  test("every call shows its certificate", () => {
    const { calls } = runScript(script, { temporal: "exit 0" });
    expect(calls[0]).toBe(`temporal operator cluster health${CONNECTION}`);
  });

  test("each remote cluster, with replication where the command knows the word", () => {
    expect(run(script, 'case "$*" in *--help*) echo "  --enable-replication bool" ;; esac')).toEqual({
      status: 0,
      calls: [
        "cluster health",
        "cluster upsert --help",
        "cluster upsert --frontend-address temporal.eu-north.portarium.example:7233 --enable-connection --enable-replication",
        "cluster upsert --frontend-address temporal.eu-west.portarium.example:7233 --enable-connection --enable-replication",
      ],
      stderr: "",
    });
  });

  test("a remote cluster that does not answer is told, and keeps nobody waiting", () => {
    const { status, calls, stderr } = run(script, 'case "$*" in *eu-north*) exit 1 ;; esac');
    expect({ status, calls: calls.slice(2), stderr }).toEqual({
      status: 0,
      calls: [
        "cluster upsert --frontend-address temporal.eu-north.portarium.example:7233 --enable-connection",
        "cluster upsert --frontend-address temporal.eu-west.portarium.example:7233 --enable-connection",
      ],
      stderr: "eu-north does not answer at temporal.eu-north.portarium.example:7233 yet\n",
    });
  });

  test("a frontend that has just been started is waited for", () => {
    const late = 'case "$*" in *health*) [ -f "$FOLDER/up" ] || { touch "$FOLDER/up"; exit 1; } ;; esac';
    const { status, calls } = run(connectScript("temporal", []), late);
    expect({ status, calls: calls.slice(0, 3) }).toEqual({
      status: 0,
      calls: ["cluster health", "sleep 2", "cluster health"],
    });
  });
});

const both: TemporalNamespace = {
  name: "borealis",
  clusters: ["eu-central", "eu-north"],
  active: "eu-central",
  retentionDays: 7,
};
const local: TemporalNamespace = {
  name: "sandbox-eu",
  clusters: ["eu-central"],
  active: "eu-central",
  retentionDays: 7,
};

const MISSING = 'case "$*" in *describe*) exit 1 ;; esac';
const LOCAL = `case "$*" in *describe*) echo '{ "isGlobalNamespace": false }' ;; esac`;
const GLOBAL = `case "$*" in *describe*) printf '{\\n  "isGlobalNamespace": true\\n}\\n' ;; esac`;

describe("namespaces", () => {
  test.each([
    {
      name: "a missing one is registered with its replication set",
      namespace: both,
      temporal: MISSING,
      calls: [
        "namespace create --namespace borealis --retention 7d --global --cluster eu-central --cluster eu-north --active-cluster eu-central",
      ],
    },
    {
      name: "of one cluster it is a local one",
      namespace: local,
      temporal: MISSING,
      calls: ["namespace create --namespace sandbox-eu --retention 7d"],
    },
    {
      name: "a local one that gets a copy becomes global first",
      namespace: both,
      temporal: LOCAL,
      calls: [
        "namespace update --namespace borealis --promote-global",
        "namespace update --namespace borealis --active-cluster eu-central",
        "namespace update --namespace borealis --retention 7d --cluster eu-central --cluster eu-north",
      ],
    },
    {
      name: "a failover is a request of its own, before any setting",
      namespace: { ...both, clusters: ["eu-north", "eu-central"], active: "eu-north" },
      temporal: GLOBAL,
      calls: [
        "namespace update --namespace borealis --active-cluster eu-north",
        "namespace update --namespace borealis --retention 7d --cluster eu-north --cluster eu-central",
      ],
    },
    {
      name: "one of one cluster that is there keeps its retention",
      namespace: { ...local, retentionDays: 3 },
      temporal: LOCAL,
      calls: ["namespace update --namespace sandbox-eu --retention 3d"],
    },
  ])("$name", ({ namespace, temporal, calls }) => {
    expect(run(namespacesScript("temporal", [namespace]), temporal)).toEqual({
      status: 0,
      calls: ["cluster health", `namespace describe --namespace ${namespace.name} --output json`, ...calls],
      stderr: "",
    });
  });

  test("each in turn, and a refusal ends it", () => {
    const refuses = `case "$*" in *describe*) exit 1 ;; *create*) echo "not the master" >&2; exit 1 ;; esac`;
    const { status, calls, stderr } = run(namespacesScript("temporal", [both, local]), refuses);
    expect({ status, last: calls.at(-1), stderr }).toEqual({
      status: 1,
      last: "namespace create --namespace borealis --retention 7d --global --cluster eu-central --cluster eu-north --active-cluster eu-central",
      stderr: "not the master\n",
    });
    expect(run(namespacesScript("temporal", [both, local]), MISSING).calls).toHaveLength(5);
  });
});
