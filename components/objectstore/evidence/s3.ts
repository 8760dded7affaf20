/** As much of S3 as reading evidence needs, signed with Signature Version 4. */
import { createHash, createHmac } from "node:crypto";
import { parsePage, type VersionEntry } from "./listing";

export interface S3Access {
  /** For example `https://minio.objectstore.svc.cluster.local`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What an object says of itself, and what its bytes hash to. */
export interface ReadObject {
  readonly sha256: string;
  readonly metadata: Readonly<Record<string, string>>;
}

const EMPTY = createHash("sha256").update("").digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (x) => `%${x.charCodeAt(0).toString(16).toUpperCase()}`);

/** Headers of a signed GET. `now` is an argument so that a signature can be checked against a known one. */
export function signedHeaders(
  url: URL,
  { accessKeyId, secretAccessKey, region }: Pick<S3Access, "accessKeyId" | "secretAccessKey" | "region">,
  now: Date,
): Readonly<Record<string, string>> {
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const headers = { host: url.host, "x-amz-content-sha256": EMPTY, "x-amz-date": time };
  const names = Object.keys(headers).sort().join(";");
  const request = [
    "GET",
    url.pathname,
    [...url.searchParams]
      .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
      .sort()
      .join("&"),
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    "",
    names,
    EMPTY,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const digest = createHash("sha256").update(request).digest("hex");
  const signing = [day, region, "s3", "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(signing, ["AWS4-HMAC-SHA256", time, scope, digest].join("\n")).toString("hex");
  return {
    "x-amz-content-sha256": EMPTY,
    "x-amz-date": time,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** S3 refused, or could not be reached. */
export class S3Error extends Error {
  override readonly name = "S3Error";
  readonly code = "S3";
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

async function get(
  access: S3Access,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<Response> {
  const url = new URL(`${access.endpoint}/${access.bucket}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  const response = await fetch(url, { headers: signedHeaders(url, access, new Date()) });
  if (response.ok) return response;
  throw new S3Error(`GET ${url.pathname}: ${String(response.status)}`, response.status);
}

/** Every version of every key, page by page. */
export async function* listVersions(access: S3Access, pageSize = 1000): AsyncGenerator<VersionEntry> {
  let marker: Readonly<Record<string, string>> | undefined = {};
  while (marker !== undefined) {
    const query: Record<string, string> = {
      versions: "",
      "encoding-type": "url",
      "max-keys": String(pageSize),
      ...marker,
    };
    const { entries, next } = parsePage(await (await get(access, "", query)).text());
    yield* entries;
    marker = next === undefined ? undefined : { "key-marker": next.key, "version-id-marker": next.versionId };
  }
}

const META = "x-amz-meta-";

/** Reads one version from end to end; an object of any size passes through in pieces. */
export async function readVersion(access: S3Access, key: string, versionId: string): Promise<ReadObject> {
  const path = `/${key.split("/").map(encoded).join("/")}`;
  const response = await get(access, path, { versionId });
  const hash = createHash("sha256");
  if (response.body !== null) {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) hash.update(chunk);
  }
  const metadata = Object.fromEntries(
    [...response.headers].flatMap(([name, value]) =>
      name.startsWith(META) ? [[name.slice(META.length), value] as const] : [],
    ),
  );
  return { sha256: hash.digest("hex"), metadata };
}
