import { createPublicKey, verify } from "node:crypto";
import fc from "fast-check";
import { trustOf, workspaceAccount } from "../../../components/messaging/claims";
import { base32, derive, deriveSecret, nkeyOf } from "../../../components/messaging/nkeys";

/** RFC 4648, the other way. */
function unbase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

describe("keys", () => {
  test("the pair of the NATS documentation", () => {
    const seed = "SUACSSL3UAHUDXKFSNVUZRF5UHPMWZ6BFDTJ7M6USDXIEDNPPQYYYCU3VY";
    const { publicKey, seed: again } = nkeyOf("user", unbase32(seed).subarray(2, 34));
    expect({ publicKey, again }).toEqual({
      publicKey: "UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4",
      again: seed,
    });
  });

  test.each([
    { kind: "operator", begins: "O", seed: "SO" },
    { kind: "account", begins: "A", seed: "SA" },
    { kind: "user", begins: "U", seed: "SU" },
  ] as const)("$kind", ({ kind, begins, seed }) => {
    const key = derive("a secret", kind, "portarium/acme");
    expect(key.publicKey).toMatch(new RegExp(`^${begins}[A-Z2-7]{55}$`));
    expect(key.seed).toMatch(new RegExp(`^${seed}[A-Z2-7]{56}$`));
    expect(derive("a secret", kind, "portarium/acme").seed).toBe(key.seed);
    expect(derive("another secret", kind, "portarium/acme").seed).not.toBe(key.seed);
    expect(derive("a secret", kind, "portarium/globex").seed).not.toBe(key.seed);
  });

  test("base32 goes both ways", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect([...unbase32(base32(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test("a storage key is of one region", () => {
    expect(deriveSecret("a secret", "eu-central")).toMatch(/^[\w-]{43}$/);
    expect(deriveSecret("a secret", "eu-north")).not.toBe(deriveSecret("a secret", "eu-central"));
  });
});

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly name: string;
  readonly nats: Readonly<Record<string, unknown>>;
}

/** The claims of a token whose signature is its issuer's; fails when it is not. */
function claimsOf(jwt: string): Claims {
  const [header = "", body = "", signature = ""] = jwt.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Claims;
  const x = unbase32(claims.iss).subarray(1, 33).toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  expect(verify(null, Buffer.from(`${header}.${body}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  return claims;
}

const userToken = (credentials: string): string => credentials.split("\n")[1] ?? "";

describe("tokens", () => {
  const trust = trustOf("a secret", "portarium");
  const acme = workspaceAccount("a secret", "portarium", "acme", 2 ** 30);

  test("each is signed by the one above, up to the operator's own", () => {
    const operator = claimsOf(trust.operatorToken);
    const platform = claimsOf(trust.platform.token);
    const user = claimsOf(userToken(trust.platformCredentials));
    const own = claimsOf(acme.token);
    expect([operator.iss, platform.iss, own.iss]).toEqual([operator.sub, operator.sub, operator.sub]);
    expect([user.iss, claimsOf(userToken(acme.credentials)).iss]).toEqual([platform.sub, own.sub]);
    expect(claimsOf(userToken(trust.systemCredentials)).iss).toBe(operator.nats["system_account"]);
  });

  test("a workspace publishes its own subjects, and no other's", () => {
    const { nats } = claimsOf(acme.token);
    expect(nats["imports"]).toEqual([
      {
        name: "events",
        subject: "workspaces.acme.>",
        account: trust.platform.publicKey,
        type: "service",
      },
    ]);
    expect(nats["limits"]).toMatchObject({ disk_storage: 2 ** 30, mem_storage: 0 });
  });

  test("the same in every region and every run, and another under another secret", () => {
    expect(workspaceAccount("a secret", "portarium", "acme", 2 ** 30)).toEqual(acme);
    expect(workspaceAccount("b secret", "portarium", "acme", 2 ** 30).publicKey).not.toBe(acme.publicKey);
  });

  test("credentials are in the form that clients read", () => {
    expect(acme.credentials).toMatch(
      /^-----BEGIN NATS USER JWT-----\n\S+\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\nSU[A-Z2-7]{56}\n------END USER NKEY SEED------\n$/,
    );
  });
});
