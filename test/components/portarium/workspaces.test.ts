import { routingSpec, shardParts } from "../../../automation/fleet/plan/workspaces";
import { bytesOf, pushScript } from "../../../components/messaging/accounts";
import { buildStack } from "../../../components/program";
import { bucketsScript } from "../../../components/workspaces/buckets";
import { inputOf, stackWith } from "../../fleet/portarium";
import { context, find, outline, registered } from "../registered";
import { runScript } from "./scripts";

const input = inputOf();
const borealis = input.fleet.workspaces.filter(({ metadata }) => metadata.name === "borealis");
const parts = shardParts(input, "workspaces-eu-central-003", "eu-central", borealis);

const build = (region: string) =>
  registered(() =>
    buildStack(
      stackWith(input, region, parts.find((part) => part.region === region)?.components ?? []),
      context(),
    ),
  );

test("at home: namespace, account, workflows and a bucket", async () => {
  expect(outline(await build("eu-central"))).toEqual([
    "kubernetes:batch/v1:Job workspaces-eu-central-003-buckets-make < workspaces-eu-central-003-buckets",
    "kubernetes:batch/v1:Job workspaces-eu-central-003-messaging-push < workspaces-eu-central-003-messaging",
    "kubernetes:batch/v1:Job workspaces-eu-central-003-workflow-register < workspaces-eu-central-003-workflow",
    "kubernetes:core/v1:Namespace workspaces-eu-central-003-borealis < workspaces-eu-central-003",
    "kubernetes:core/v1:ResourceQuota workspaces-eu-central-003-borealis-quota < workspaces-eu-central-003",
    "kubernetes:core/v1:Secret workspaces-eu-central-003-messaging-borealis < workspaces-eu-central-003-messaging",
    "kubernetes:core/v1:Secret workspaces-eu-central-003-messaging-tokens < workspaces-eu-central-003-messaging",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy workspaces-eu-central-003-borealis-ingress < workspaces-eu-central-003",
    "meridian:messaging:Accounts workspaces-eu-central-003-messaging",
    "meridian:workflow:Namespaces workspaces-eu-central-003-workflow",
    "meridian:workspaces:Buckets workspaces-eu-central-003-buckets",
    "meridian:workspaces:Namespaces workspaces-eu-central-003",
    "pulumi:providers:kubernetes eu-central",
  ]);
});

test("where it has a copy: namespace and account, and the account is the same one", async () => {
  const [home, copy] = [await build("eu-central"), await build("eu-north")];
  expect(outline(copy)).toEqual([
    "kubernetes:batch/v1:Job workspaces-eu-central-003-eu-north-messaging-push < workspaces-eu-central-003-eu-north-messaging",
    "kubernetes:core/v1:Namespace workspaces-eu-central-003-eu-north-borealis < workspaces-eu-central-003-eu-north",
    "kubernetes:core/v1:ResourceQuota workspaces-eu-central-003-eu-north-borealis-quota < workspaces-eu-central-003-eu-north",
    "kubernetes:core/v1:Secret workspaces-eu-central-003-eu-north-messaging-borealis < workspaces-eu-central-003-eu-north-messaging",
    "kubernetes:core/v1:Secret workspaces-eu-central-003-eu-north-messaging-tokens < workspaces-eu-central-003-eu-north-messaging",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy workspaces-eu-central-003-eu-north-borealis-ingress < workspaces-eu-central-003-eu-north",
    "meridian:messaging:Accounts workspaces-eu-central-003-eu-north-messaging",
    "meridian:workspaces:Namespaces workspaces-eu-central-003-eu-north",
    "pulumi:providers:kubernetes eu-north",
  ]);
  const credentials = find(home, "workspaces-eu-central-003-messaging-borealis");
  expect(find(copy, "workspaces-eu-central-003-eu-north-messaging-borealis").inputs["stringData"]).toEqual(
    credentials.inputs["stringData"],
  );
  expect(credentials.secrets).toEqual(["stringData"]);
});

test("nothing of a workspace is made before its namespace", async () => {
  const all = await build("eu-central");
  for (const name of ["messaging-borealis", "messaging-push", "workflow-register", "buckets-make"]) {
    expect(find(all, `workspaces-eu-central-003-${name}`).dependsOn).toContain(
      "workspaces-eu-central-003-borealis",
    );
  }
});

test("a routing table is a ConfigMap a shard, one workspace a line", async () => {
  const table = routingSpec(input);
  if (table === undefined) throw new RangeError("no table");
  const all = await registered(() => buildStack(stackWith(input, "us-west", [table]), context()));
  expect(outline(all)).toEqual([
    "kubernetes:core/v1:ConfigMap routing-workspaces-eu-central-002 < routing",
    "kubernetes:core/v1:ConfigMap routing-workspaces-eu-central-003 < routing",
    "kubernetes:core/v1:ConfigMap routing-workspaces-us-east-003 < routing",
    "meridian:workspaces:Routing routing",
    "pulumi:providers:kubernetes us-west",
  ]);
  const { inputs } = find(all, "routing-workspaces-eu-central-003");
  expect(inputs["metadata"]).toMatchObject({
    name: "routes-workspaces-eu-central-003",
    namespace: "portarium",
  });
  const text = (inputs["data"] as Readonly<Record<string, string>>)["routes.json"] ?? "";
  expect(text).toMatchInlineSnapshot(`
    "{
      "version": 1,
      "platform": "portarium",
      "staleReadWarning": true,
      "workspaces": {
        "borealis": {"cell":"eu","epoch":1,"home":"eu-central","jurisdictions":["EU"],"replicas":["eu-north"],"writer":"eu-central"}
      }
    }
    "
  `);
  expect(JSON.parse(text)).toEqual({
    version: 1,
    platform: "portarium",
    staleReadWarning: true,
    workspaces: {
      borealis: {
        cell: "eu",
        epoch: 1,
        home: "eu-central",
        jurisdictions: ["EU"],
        replicas: ["eu-north"],
        writer: "eu-central",
      },
    },
  });
});

describe("scripts", () => {
  test("accounts are pushed one by one, and an answer that is no yes ends it", () => {
    const script = pushScript("nats").replaceAll("/etc/nats/accounts", "$FOLDER/accounts");
    const begin =
      'mkdir -p "$FOLDER/accounts"; printf A > "$FOLDER/accounts/acme"; printf B > "$FOLDER/accounts/globex"\n';
    const request =
      "nats --server tls://nats.nats.svc:4222 --creds /etc/nats/system/nats.creds" +
      " --tlsca /etc/nats/tls/ca.crt --tlscert /etc/nats/tls/tls.crt --tlskey /etc/nats/tls/tls.key" +
      " request --raw --timeout 10s $SYS.REQ.CLAIMS.UPDATE";
    const yes = `echo '{"data":{"code":200}}'`;
    expect(runScript(begin + script, { nats: yes })).toEqual({
      status: 0,
      calls: [`${request} A`, `${request} B`],
      stderr: "",
    });
    const no = `case "$*" in *A) echo '{"error":{"code":500}}' ;; esac`;
    expect(runScript(begin + script, { nats: no })).toEqual({
      status: 1,
      calls: [`${request} A`],
      stderr: 'acme: {"error":{"code":500}}\n',
    });
  });

  test("buckets: made, versioned, and no larger than the quota", () => {
    const script = bucketsScript([{ workspace: "acme", name: "ws-acme", quota: "50Gi" }]);
    expect(script.split("\n").slice(-3)).toEqual([
      "mc mb --ignore-existing self/ws-acme",
      "mc version enable self/ws-acme",
      "mc quota set self/ws-acme --size 50GiB",
    ]);
  });

  test.each([
    { quantity: "1Gi", bytes: 2 ** 30 },
    { quantity: "512Mi", bytes: 2 ** 29 },
    { quantity: "1000", bytes: 1000 },
  ])("$quantity", ({ quantity, bytes }) => {
    expect(bytesOf(quantity)).toBe(bytes);
  });
});
