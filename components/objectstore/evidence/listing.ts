/** Reads what S3 answers to `GET /bucket?versions`. */

export interface VersionEntry {
  readonly key: string;
  readonly versionId: string;
  readonly latest: boolean;
  /** A delete marker holds no data. */
  readonly marker: boolean;
}

export interface VersionPage {
  readonly entries: readonly VersionEntry[];
  /** Where the next page begins; undefined on the last one. */
  readonly next?: { readonly key: string; readonly versionId: string };
}

/** All versions of one key, the oldest last. */
export interface KeyVersions {
  readonly key: string;
  /** Version ids that hold data, oldest last. */
  readonly versions: readonly string[];
  readonly deleted: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&amp;": "&",
};

/** Keys are asked for with encoding-type=url, so they hold no control characters; a plus is a space. */
const keyText = (text: string): string => decodeURIComponent(text.replaceAll("+", "%20"));

const textOf = (xml: string, tag: string): string | undefined =>
  new RegExp(`<${tag}>([^<]*)</${tag}>`)
    .exec(xml)?.[1]
    ?.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);

/** One page of the listing, in its order: by key, newest version first. */
export function parsePage(xml: string): VersionPage {
  if (!xml.includes("<ListVersionsResult")) throw new ListingError("the answer is no list of versions");
  const entries = [...xml.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/gs)].map(
    ([, element, body = ""]): VersionEntry => ({
      key: keyText(textOf(body, "Key") ?? ""),
      versionId: textOf(body, "VersionId") ?? "null",
      latest: textOf(body, "IsLatest") === "true",
      marker: element === "DeleteMarker",
    }),
  );
  const key = textOf(xml, "NextKeyMarker");
  if (textOf(xml, "IsTruncated") !== "true") return { entries };
  if (key === undefined) throw new ListingError("the list is cut off without saying where it goes on");
  return { entries, next: { key: keyText(key), versionId: textOf(xml, "NextVersionIdMarker") ?? "" } };
}

/** Versions of one key stand beside each other in a listing, but a page may end between them. */
export async function* byKey(entries: AsyncIterable<VersionEntry>): AsyncGenerator<KeyVersions> {
  let group: VersionEntry[] = [];
  for await (const entry of entries) {
    if (group[0] !== undefined && group[0].key !== entry.key) {
      yield groupOf(group);
      group = [];
    }
    group.push(entry);
  }
  if (group.length > 0) yield groupOf(group);
}

const groupOf = (group: readonly VersionEntry[]): KeyVersions => ({
  key: group[0]?.key ?? "",
  versions: group.filter(({ marker }) => !marker).map(({ versionId }) => versionId),
  deleted: group.some(({ marker, latest }) => marker && latest),
});

/** S3 answered something that is no listing. */
export class ListingError extends Error {
  override readonly name = "ListingError";
  readonly code = "LISTING";
}
