import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import {
  type ChainReport,
  type Evidence,
  GENESIS,
  linkOf,
  verifyChains,
} from "../../../components/objectstore/evidence/chain";
import { byKey, parsePage } from "../../../components/objectstore/evidence/listing";
import { S3Error, signedHeaders } from "../../../components/objectstore/evidence/s3";
import { main, verifyBucket } from "../../../components/objectstore/evidence/verify";
import { verifierFiles } from "../../../components/objectstore/evidence-program";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Stored {
  readonly key: string;
  readonly body: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly version: string;
  readonly marker?: boolean;
}

/** A chain as its writer makes it: `entries("acme", 3)`. */
function entries(chain: string, length: number): readonly Stored[] {
  let previous = GENESIS;
  return Array.from({ length }, (_, at) => {
    const key = `${chain}/${String(at).padStart(8, "0")}`;
    const body = `evidence ${String(at)} of ${chain}`;
    const metadata = { sha256: sha256(body), previous };
    previous = linkOf(previous, key, sha256(body));
    return { key, body, metadata, version: `v-${String(at)}` };
  });
}

const asEvidence = ({ key, body, metadata }: Stored): Evidence => {
  const { sha256: claimed, previous } = metadata;
  return {
    key,
    sha256: sha256(body),
    ...(claimed === undefined ? {} : { claimed }),
    ...(previous === undefined ? {} : { previous }),
    versions: 1,
    deleted: false,
  };
};

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield item;
}

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const reports = (items: readonly Evidence[]): Promise<readonly ChainReport[]> =>
  collected(verifyChains(each(items)));
const kinds = async (items: readonly Evidence[]) =>
  (await reports(items)).flatMap(({ breaks }) => breaks.map(({ kind, key }) => `${kind} ${key}`));

describe("a chain of evidence", () => {
  const chain = entries("acme", 4).map(asEvidence);
  const at = (index: number): Evidence =>
    chain[index] ?? asEvidence({ key: "", body: "", metadata: {}, version: "" });
  const replaced = (index: number, by: Partial<Evidence>): readonly Evidence[] =>
    chain.map((one, place) => (place === index ? { ...one, ...by } : one));

  test("is whole, each by itself, and tells its head", async () => {
    const other = entries("globex", 2).map(asEvidence);
    expect(await reports([...chain, ...other])).toEqual([
      {
        chain: "acme",
        length: 4,
        head: linkOf(at(3).previous ?? "", at(3).key, at(3).sha256),
        breaks: [],
      },
      { chain: "globex", length: 2, head: expect.stringMatching(/^[0-9a-f]{64}$/) as string, breaks: [] },
    ]);
  });

  test.each([
    {
      name: "changed bytes",
      found: () => replaced(1, { sha256: sha256("forged") }),
      told: ["altered acme/00000001"],
    },
    {
      name: "changed bytes with a hash that fits",
      found: () => replaced(1, { sha256: sha256("forged"), claimed: sha256("forged") }),
      told: ["unlinked acme/00000002"],
    },
    {
      name: "one left out",
      found: () => chain.filter((_, place) => place !== 1),
      told: ["unlinked acme/00000002"],
    },
    { name: "the first left out", found: () => chain.slice(1), told: ["unlinked acme/00000001"] },
    {
      name: "one put in",
      found: () => [at(0), { ...at(0), key: "acme/00000000-a" }, ...chain.slice(1)],
      told: ["unlinked acme/00000000-a", "unlinked acme/00000001"],
    },
    { name: "one renamed", found: () => replaced(3, { key: "acme/00000009" }), told: [] },
    { name: "written again", found: () => replaced(2, { versions: 2 }), told: ["rewritten acme/00000002"] },
    { name: "hidden", found: () => replaced(2, { deleted: true }), told: ["deleted acme/00000002"] },
  ])("$name: $told", async ({ found, told }) => {
    expect(await kinds(found())).toEqual(told);
  });

  test("an object without marks is told, and the chain goes on behind it", async () => {
    const { claimed, previous, ...bare } = at(1);
    expect({ claimed: claimed?.length, previous: previous?.length }).toEqual({ claimed: 64, previous: 64 });
    expect(await kinds([at(0), bare, ...chain.slice(2)])).toEqual(["unmarked acme/00000001"]);
  });

  test("no single change goes unseen, but at the end, where the head changes", async () => {
    const whole = await reports(chain);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 3 }),
        fc.constantFrom("bytes", "claimed", "previous", "key", "gone"),
        fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 }),
        async (index, what, noise) => {
          const changed =
            what === "gone"
              ? chain.filter((_, place) => place !== index)
              : replaced(
                  index,
                  what === "bytes"
                    ? { sha256: noise }
                    : what === "key"
                      ? { key: `acme/${at(index).key.slice(5)}x` }
                      : { [what]: noise },
                );
          const [report] = await reports(changed);
          expect(report?.breaks.length !== 0 || report.head !== whole[0]?.head).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a listing of versions", () => {
  const page = (body: string): string =>
    `<?xml version="1.0"?><ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${body}</ListVersionsResult>`;

  test("is read with markers, entities and where it goes on", () => {
    const xml = page(
      "<IsTruncated>true</IsTruncated><NextKeyMarker>a%2Fb</NextKeyMarker><NextVersionIdMarker>2</NextVersionIdMarker>" +
        "<Version><Key>a%2Fone+more</Key><VersionId>1</VersionId><IsLatest>false</IsLatest></Version>" +
        "<DeleteMarker><Key>a%2Fone+more</Key><VersionId>3</VersionId><IsLatest>true</IsLatest></DeleteMarker>",
    );
    expect(parsePage(xml)).toEqual({
      entries: [
        { key: "a/one more", versionId: "1", latest: false, marker: false },
        { key: "a/one more", versionId: "3", latest: true, marker: true },
      ],
      next: { key: "a/b", versionId: "2" },
    });
  });

  test.each([
    { name: "an error page", xml: "<Error><Code>SlowDown</Code></Error>", message: "no list of versions" },
    { name: "a page that is cut off", xml: page("<IsTruncated>true</IsTruncated>"), message: "cut off" },
  ])("$name is refused", ({ xml, message }) => {
    expect(() => parsePage(xml)).toThrow(message);
  });

  test("versions of one key are one, across pages", async () => {
    const version = (key: string, versionId: string, latest = false, marker = false) => ({
      key,
      versionId,
      latest,
      marker,
    });
    expect(
      await collected(
        byKey(each([version("a", "2", true), version("a", "1"), version("b", "9", true, true)])),
      ),
    ).toEqual([
      { key: "a", versions: ["2", "1"], deleted: false },
      { key: "b", versions: [], deleted: true },
    ]);
  });
});

test("a request is signed as Amazon's own example of Signature Version 4 is", () => {
  // GET Bucket Lifecycle of "Authenticating Requests: Using the Authorization Header" in the S3 API reference.
  const url = new URL("https://examplebucket.s3.amazonaws.com/?lifecycle=");
  const keys = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    region: "us-east-1",
  };
  expect(signedHeaders(url, keys, new Date("2013-05-24T00:00:00Z"))["authorization"]).toBe(
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
      "SignedHeaders=host;x-amz-content-sha256;x-amz-date, " +
      "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  );
});

/** As much of S3 as the verifier asks for, with pages of two. */
class FakeS3 {
  readonly #server: Server;
  objects: readonly Stored[] = [];
  refuse = false;

  constructor() {
    this.#server = createServer((request, response) => {
      if (this.refuse || request.headers.authorization === undefined) {
        response.writeHead(403).end();
        return;
      }
      const { status, body, headers } = this.#answer(request);
      response.writeHead(status, headers).end(body);
    });
  }

  #answer({ url }: IncomingMessage): { status: number; body: string; headers: Record<string, string> } {
    const { pathname, searchParams } = new URL(url ?? "", "http://fake");
    const key = decodeURIComponent(pathname.slice("/evidence/".length));
    if (searchParams.has("versions")) return { status: 200, body: this.#page(searchParams), headers: {} };
    const found = this.objects.find(
      (one) => one.key === key && one.version === searchParams.get("versionId") && one.marker !== true,
    );
    if (found === undefined) return { status: 404, body: "", headers: {} };
    const headers = Object.entries(found.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]);
    return { status: 200, body: found.body, headers: Object.fromEntries(headers) as Record<string, string> };
  }

  #page(query: URLSearchParams): string {
    const after = this.objects.findIndex(
      ({ key, version }) => key === query.get("key-marker") && version === query.get("version-id-marker"),
    );
    const shown = this.objects.slice(after + 1, after + 3);
    const last = shown.at(-1);
    const more = after + 3 < this.objects.length;
    const rows = shown.map(({ key, version, marker }) => {
      const newest = this.objects.find((one) => one.key === key)?.version === version;
      const element = marker === true ? "DeleteMarker" : "Version";
      return `<${element}><Key>${encodeURIComponent(key)}</Key><VersionId>${version}</VersionId><IsLatest>${String(newest)}</IsLatest></${element}>`;
    });
    const next = `<NextKeyMarker>${encodeURIComponent(last?.key ?? "")}</NextKeyMarker><NextVersionIdMarker>${last?.version ?? ""}</NextVersionIdMarker>`;
    return `<ListVersionsResult><IsTruncated>${String(more)}</IsTruncated>${more ? next : ""}${rows.join("")}</ListVersionsResult>`;
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

describe("a bucket", () => {
  const s3 = new FakeS3();
  let environment: Readonly<Record<string, string>> = {};
  const access = () => ({
    endpoint: environment["S3_ENDPOINT"] ?? "",
    bucket: "evidence",
    region: "us-east-1",
    accessKeyId: "verifier",
    secretAccessKey: "secret",
  });
  const run = async (): Promise<{ code: number; lines: readonly Readonly<Record<string, unknown>>[] }> => {
    const lines: Readonly<Record<string, unknown>>[] = [];
    const code = await main(environment, (line) =>
      lines.push(JSON.parse(line) as Readonly<Record<string, unknown>>),
    );
    return { code, lines };
  };

  beforeAll(async () => {
    environment = {
      S3_ENDPOINT: await s3.start(),
      S3_BUCKET: "evidence",
      AWS_ACCESS_KEY_ID: "verifier",
      AWS_SECRET_ACCESS_KEY: "secret",
    };
  });
  beforeEach(() => {
    s3.objects = [...entries("acme & sons", 3), ...entries("globex", 2)];
    s3.refuse = false;
  });
  afterAll(() => {
    s3.stop();
  });

  test("that is whole ends well", async () => {
    const { code, lines } = await run();
    expect({ code, verdict: lines.at(-1) }).toEqual({
      code: 0,
      verdict: { bucket: "evidence", chains: 2, objects: 5, breaks: 0 },
    });
  });

  test("that is empty ends well", async () => {
    s3.objects = [];
    expect(await run()).toEqual({
      code: 0,
      lines: [{ bucket: "evidence", chains: 0, objects: 0, breaks: 0 }],
    });
  });

  test("with a changed object ends with 1, and names it", async () => {
    s3.objects = s3.objects.map((one) => (one.key === "globex/00000001" ? { ...one, body: "forged" } : one));
    const { code, lines } = await run();
    expect({ code, globex: lines[1] }).toEqual({
      code: 1,
      globex: {
        chain: "globex",
        length: 2,
        head: expect.any(String) as string,
        breaks: [{ kind: "altered", key: "globex/00000001", detail: expect.any(String) as string }],
      },
    });
  });

  test("with an overwritten and a hidden object tells both, by what was written first", async () => {
    const [first, second, ...rest] = s3.objects;
    if (first === undefined || second === undefined) throw new RangeError("the chain has two objects");
    s3.objects = [
      { ...first, version: "newer", body: "forged", metadata: {} },
      first,
      { ...second, version: "hider", marker: true },
      second,
      ...rest,
    ];
    const found: string[] = [];
    const verdict = await verifyBucket(access(), ({ breaks }) => {
      found.push(...breaks.map(({ kind, key }) => `${kind} ${key}`));
    });
    expect({ found, verdict }).toEqual({
      found: ["rewritten acme & sons/00000000", "deleted acme & sons/00000001"],
      verdict: { chains: 2, objects: 5, breaks: 2 },
    });
  });

  test("that cannot be read ends with 2, which is no verdict", async () => {
    s3.refuse = true;
    expect(await run()).toEqual({ code: 2, lines: [{ bucket: "evidence", error: "GET /evidence: 403" }] });
    await expect(verifyBucket(access(), () => undefined)).rejects.toBeInstanceOf(S3Error);
  });
});

test("what the container runs is JavaScript that needs nothing but Node", () => {
  const files = verifierFiles();
  const required = Object.values(files).flatMap((text) =>
    [...text.matchAll(/require\("([^"]+)"\)/g)].map(([, name = ""]) => name),
  );
  expect(Object.keys(files)).toEqual(["chain.js", "listing.js", "s3.js", "verify.js"]);
  expect([...new Set(required)].sort()).toEqual(["./chain", "./listing", "./s3", "node:crypto"]);
});
