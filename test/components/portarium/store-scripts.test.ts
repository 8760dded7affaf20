/** What the Jobs of MinIO and Vault ask of them, first and again. */
import { provisioningScript, replicationScript } from "../../../components/objectstore/minio-setup";
import {
  configurationScript,
  replicationScript as vaultReplication,
  snapshotScript,
} from "../../../components/secrets/vault-scripts";
import { runScript } from "./scripts";

/** The mounted secrets, in the folder of the run. */
const mounted = (script: string): string =>
  [
    'mkdir -p "$FOLDER/access" "$FOLDER/tls" "$FOLDER/token" "$FOLDER/primary"',
    'echo ca > "$FOLDER/tls/ca.crt"; echo key-1 > "$FOLDER/access/POSTGRES_ACCESS_KEY_ID"',
    'echo secret-1 > "$FOLDER/access/POSTGRES_SECRET_ACCESS_KEY"',
    'echo own > "$FOLDER/token/token"; echo theirs > "$FOLDER/primary/token"',
    script
      .replaceAll("/access/*", '"$FOLDER"/access/*')
      .replaceAll(/(cat|@)? ?"?\/(tls|token|primary)\/(ca\.crt|token)/g, (found) =>
        found.replace(/"?\//, '"$FOLDER"/'),
      )
      .replaceAll("/tmp/", '"$FOLDER"/'),
  ].join("\n");

const without = (calls: readonly string[], ...words: readonly string[]): readonly string[] =>
  calls.filter((call) => !words.some((word) => call.startsWith(word)));

describe("buckets", () => {
  const script = mounted(
    provisioningScript(
      [
        { name: "evidence", versioning: true, lockDays: 3650 },
        { name: "postgres-backups", versioning: true, expireReplacedDays: 30 },
      ],
      [
        {
          name: "postgres",
          bucket: "postgres-backups",
          access: "write",
          accessKeyId: { secret: "a" },
          secretAccessKey: { secret: "b" },
        },
      ],
    ),
  );
  const expected = [
    "mc mb --ignore-existing --with-lock self/evidence",
    "mc version enable self/evidence",
    "mc retention set --default COMPLIANCE 3650d self/evidence",
    "mc ilm import self/evidence",
    "mc mb --ignore-existing self/postgres-backups",
    "mc version enable self/postgres-backups",
    "mc ilm import self/postgres-backups",
    "mc admin policy create self postgres POLICY",
    "mc admin user add self key-1 secret-1",
    "mc admin policy entities self --user key-1 --json",
  ];
  const calls = (mc: string) => {
    const ran = runScript(script, { mc, sleep: "exit 0" });
    return {
      ...ran,
      calls: without(ran.calls, "mc ready").map((call) => call.replace(/\/\S+policy\.json/, "POLICY")),
    };
  };

  test("are made with lock, versions, lifecycle and the user that may write", () => {
    expect(calls("exit 0")).toEqual({
      status: 0,
      calls: [...expected, "mc admin policy attach self postgres --user key-1"],
      stderr: "",
    });
  });

  test("are asked for again without attaching what is attached", () => {
    const attached = `case "$*" in *entities*) printf '{ "policies": [\\n "postgres" ] }' ;; esac`;
    expect(calls(attached)).toEqual({ status: 0, calls: expected, stderr: "" });
  });

  test("a bucket that cannot have a lock any more fails the Job", () => {
    const refused = `case "$*" in *retention*) echo "Bucket is missing ObjectLockConfiguration" >&2; exit 1 ;; esac`;
    const { status, calls: made } = calls(refused);
    expect({ status, last: made.at(-1) }).toEqual({
      status: 1,
      last: "mc retention set --default COMPLIANCE 3650d self/evidence",
    });
  });
});

describe("sites", () => {
  const site = (region: string) => ({
    region,
    endpoint: `https://objects.${region}.example`,
    jurisdictions: ["EU"],
  });
  const script = mounted(
    replicationScript({ jurisdiction: "EU", sites: [site("eu-central"), site("eu-north")] }, "eu-north"),
  );
  const info = (...regions: readonly string[]): string =>
    JSON.stringify(
      { sites: regions.map((region) => ({ name: region, endpoint: site(region).endpoint })) },
      null,
      1,
    );
  const run = (mc: string) => {
    const { status, calls } = runScript(script, { mc, sleep: "exit 0" });
    return { status, calls: without(calls, "mc ready") };
  };
  const asks = "mc admin replicate info eu_central --json";

  test("join the first one, and make sure of it", () => {
    const joins = `case "$*" in *info*) if [ -f "$FOLDER/joined" ]; then echo '${info("eu-central", "eu-north")}'; else echo '{}'; fi ;; *add*) touch "$FOLDER/joined" ;; esac`;
    expect(run(joins)).toEqual({
      status: 0,
      calls: [asks, "mc admin replicate add eu_central eu_north --replicate-ilm-expiry", asks],
    });
  });

  test("that have joined are left alone", () => {
    expect(run(`case "$*" in *info*) echo '${info("eu-central", "eu-north")}' ;; esac`)).toEqual({
      status: 0,
      calls: [asks],
    });
  });

  test("a site that MinIO refuses, or that has not joined after all, fails the Job", () => {
    expect(run(`case "$*" in *add*) exit 1 ;; esac`).status).toBe(1);
    expect(run(`echo '${info("eu-central")}'`).status).toBe(1);
  });

  test("wait for every site to be ready", () => {
    const late = `case "$*" in "ready eu_north") [ -f "$FOLDER/up" ] || { touch "$FOLDER/up"; exit 1; } ;; *info*) echo '${info("eu-central", "eu-north")}' ;; esac`;
    const { status, calls } = runScript(script, { mc: late, sleep: "exit 0" });
    expect({ status, waited: calls.filter((call) => call === "mc ready eu_north").length }).toEqual({
      status: 0,
      waited: 2,
    });
  });
});

describe("Vault's configuration", () => {
  const script = mounted(
    configurationScript({
      prefix: "portarium-",
      policies: { "portarium-apps": 'path "secret/data/portarium/*" { capabilities = ["read"] }' },
      roles: [{ name: "portarium-apps", namespace: "portarium", policies: ["portarium-apps"] }],
    }),
  );
  const policy = "vault policy write portarium-apps -";
  const role =
    "vault write auth/kubernetes/role/portarium-apps bound_service_account_names=* bound_service_account_namespaces=portarium token_policies=portarium-apps token_ttl=1h";
  const host = "vault write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc";

  test("begins with the audit log, in a Vault that is new", () => {
    const { status, calls } = runScript(script, { vault: "exit 0", sleep: "exit 0" });
    expect({ status, calls: without(calls, "vault status") }).toEqual({
      status: 0,
      calls: [
        "vault audit list -format=json",
        "vault audit enable file file_path=/vault/audit/audit.log",
        "vault secrets list -format=json",
        "vault secrets enable -path=secret -version=2 kv",
        "vault auth list -format=json",
        "vault auth enable kubernetes",
        host,
        policy,
        "vault policy list",
        role,
      ],
    });
  });

  test("again changes nothing but what it writes, and takes back what is not listed any more", () => {
    const known = `case "$1 $2" in
      "audit list") echo '{ "file/": {} }' ;; "secrets list") echo '{ "secret/": {} }' ;; "auth list") echo '{ "kubernetes/": {} }' ;;
      "policy list") printf 'default\\nportarium-apps\\nportarium-old\\nteam-own\\nroot\\n' ;; esac`;
    const { calls } = runScript(script, { vault: known, sleep: "exit 0" });
    expect(without(calls, "vault status", "vault audit", "vault secrets", "vault auth")).toEqual([
      host,
      policy,
      "vault policy list",
      "vault policy delete portarium-old",
      role,
    ]);
  });

  test("waits while Vault is sealed", () => {
    const sealed = `case "$1" in status) [ -f "$FOLDER/open" ] || { touch "$FOLDER/open"; exit 2; } ;; esac`;
    const { status, calls } = runScript(script, { vault: sealed, sleep: "exit 0" });
    expect({ status, asked: calls.filter((call) => call === "vault status").length }).toEqual({
      status: 0,
      asked: 2,
    });
  });
});

describe("Vault's replication", () => {
  const place = { region: "us-west", host: "vault.us-west.example" };
  const primary = "vault.us-east.example";
  const asks = "vault read -field=mode sys/replication/performance/status";
  const run = (role: "primary" | "secondary", mode: string) => {
    const vault = `case "$*" in *field=mode*) echo ${mode} ;; *secondary-token*) echo "wrapped-for-$VAULT_TOKEN" ;; esac`;
    const script = mounted(vaultReplication({ role, primary }, place));
    const { status, calls } = runScript(script, { vault, sleep: "exit 0" });
    return { status, calls: without(calls, "vault status") };
  };

  test.each([
    {
      name: "a primary is enabled",
      role: "primary" as const,
      mode: "disabled",
      status: 0,
      then: [
        "vault write -f sys/replication/performance/primary/enable primary_cluster_addr=https://vault.us-west.example:8201",
      ],
    },
    { name: "a primary stays one", role: "primary" as const, mode: "primary", status: 0, then: [] },
    {
      name: "a secondary is not promoted by a Job",
      role: "primary" as const,
      mode: "secondary",
      status: 1,
      then: [],
    },
    { name: "a secondary stays one", role: "secondary" as const, mode: "secondary", status: 0, then: [] },
    {
      name: "a primary is never overwritten",
      role: "secondary" as const,
      mode: "primary",
      status: 1,
      then: [],
    },
    {
      name: "a secondary begins with a token of the primary",
      role: "secondary" as const,
      mode: "disabled",
      status: 0,
      then: [
        "vault write sys/replication/performance/primary/revoke-secondary id=us-west",
        "vault write -field=wrapping_token sys/replication/performance/primary/secondary-token id=us-west",
        "vault write sys/replication/performance/secondary/enable token=wrapped-for-theirs primary_api_addr=https://vault.us-east.example:8200 ca_file=/vault/userconfig/vault-tls/ca.crt",
      ],
    },
  ])("$name", ({ role, mode, status, then }) => {
    expect(run(role, mode)).toEqual({ status, calls: [asks, ...then] });
  });
});

test("a snapshot logs in as itself, and old ones go", () => {
  const { status, calls } = runScript(snapshotScript("portarium-snapshots"), {
    vault: 'case "$*" in *login*) echo token ;; esac',
    find: "exit 0",
    date: "echo 20260101T000000Z",
  });
  expect({ status, calls }).toEqual({
    status: 0,
    calls: [
      "vault write -field=token auth/kubernetes/login role=portarium-snapshots jwt=@/var/run/secrets/kubernetes.io/serviceaccount/token",
      "date -u +%Y%m%dT%H%M%SZ",
      "vault operator raft snapshot save /snapshots/20260101T000000Z.snap",
      "find /snapshots -name *.snap -mtime +30 -delete",
    ],
  });
});
