/** NATS JWTs, version 2: what an operator, an account and a user may do, signed by the one above. */
import { createHash } from "node:crypto";
import { base32, derive, type Nkey } from "./nkeys";

/** 1 January 2026: a token's time of issue is part of it, and equal claims must give equal tokens. */
const ISSUED_AT = 1_767_225_600;
const UNLIMITED = -1;

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token; its id is the digest of all else. */
export function token(issuer: Nkey, subject: string, name: string, nats: object): string {
  const claims = { iat: ISSUED_AT, iss: issuer.publicKey, name, sub: subject, nats };
  const jti = base32(createHash("sha256").update(JSON.stringify(claims)).digest());
  const text = `${base64url({ typ: "JWT", alg: "ed25519-nkey" })}.${base64url({ jti, ...claims })}`;
  return `${text}.${issuer.sign(text).toString("base64url")}`;
}

const LIMITS = {
  subs: UNLIMITED,
  data: UNLIMITED,
  payload: UNLIMITED,
  imports: UNLIMITED,
  exports: UNLIMITED,
  wildcards: true,
  conn: UNLIMITED,
  leaf: UNLIMITED,
};

const jetStream = (bytes: number) => ({
  mem_storage: 0,
  disk_storage: bytes,
  streams: UNLIMITED,
  consumer: UNLIMITED,
});

/** The keys and tokens of one platform. */
export interface Trust {
  readonly operatorToken: string;
  readonly system: { readonly publicKey: string; readonly token: string };
  readonly platform: { readonly publicKey: string; readonly token: string };
  /** Credentials of the servers' own tools. */
  readonly systemCredentials: string;
  /** Credentials of the control plane, of NACK and of leaf nodes: the account of the platform's streams. */
  readonly platformCredentials: string;
}

/** Subjects of one workspace: no other can publish there, for no other imports them. */
const subjectsOf = (workspace: string): string => `workspaces.${workspace}.>`;

/** What a user of an account connects with. */
function credentials(secret: string, account: Nkey, name: string): string {
  const user = derive(secret, "user", name);
  const nats = {
    pub: {},
    sub: {},
    subs: UNLIMITED,
    data: UNLIMITED,
    payload: UNLIMITED,
    type: "user",
    version: 2,
  };
  const jwt = token(account, user.publicKey, name, nats);
  const block = (title: string, text: string): string =>
    `-----BEGIN ${title}-----\n${text}\n------END ${title}------\n`;
  return `${block("NATS USER JWT", jwt)}\n${block("USER NKEY SEED", user.seed)}`;
}

const accountClaims = (limits: object, rest: object = {}) => ({
  ...rest,
  limits: { ...LIMITS, ...limits },
  default_permissions: { pub: {}, sub: {} },
  type: "account",
  version: 2,
});

/** Everything the servers of a platform need to know before the first workspace. */
export function trustOf(secret: string, platform: string): Trust {
  const operator = derive(secret, "operator", platform);
  const system = derive(secret, "account", `${platform}/system`);
  const own = derive(secret, "account", `${platform}/platform`);
  // Any account may import it, and only tokens of this operator say who does.
  const exports = [{ name: "events", subject: "workspaces.*.>", type: "service" }];
  return {
    operatorToken: token(operator, operator.publicKey, platform, {
      system_account: system.publicKey,
      type: "operator",
      version: 2,
    }),
    system: {
      publicKey: system.publicKey,
      token: token(operator, system.publicKey, "system", accountClaims({})),
    },
    platform: {
      publicKey: own.publicKey,
      token: token(operator, own.publicKey, "platform", accountClaims(jetStream(UNLIMITED), { exports })),
    },
    systemCredentials: credentials(secret, system, `${platform}/system`),
    platformCredentials: credentials(secret, own, `${platform}/platform`),
  };
}

export interface WorkspaceAccount {
  readonly publicKey: string;
  readonly token: string;
  readonly credentials: string;
}

/** The account of one workspace: it publishes its own subjects to the platform's streams. */
export function workspaceAccount(
  secret: string,
  platform: string,
  workspace: string,
  storageBytes: number,
): WorkspaceAccount {
  const operator = derive(secret, "operator", platform);
  const own = derive(secret, "account", `${platform}/platform`);
  const account = derive(secret, "account", `${platform}/workspace/${workspace}`);
  const imports = [
    { name: "events", subject: subjectsOf(workspace), account: own.publicKey, type: "service" },
  ];
  return {
    publicKey: account.publicKey,
    token: token(operator, account.publicKey, workspace, accountClaims(jetStream(storageBytes), { imports })),
    credentials: credentials(secret, account, `${platform}/workspace/${workspace}`),
  };
}
