/** Keys and list indices from the top of a document, for example `["spec", "regions", 0, "name"]`. */
export type ManifestPath = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z_$][\w$-]*$/;

const step = (part: string | number): string => {
  if (typeof part === "number") return `[${part}]`;
  return PLAIN_KEY.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
};

/** `spec.regions[0].name`; keys that are not plain words read `labels["a.b"]`. */
export const formatPath = (path: ManifestPath): string => path.map(step).join("").replace(/^\./, "");

const unescape = (token: string): string => token.replaceAll("~1", "/").replaceAll("~0", "~");

/** A member of a JSON value, or undefined where there is none. */
export function memberOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return (value as readonly unknown[])[Number(key)];
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** What stands at a path, or undefined. */
export const valueAt = (root: unknown, path: ManifestPath): unknown =>
  path.reduce<unknown>((value, key) => memberOf(value, key), root);

/** A JSON pointer into this value; only the value says whether `0` is an index or a key. */
export function parsePointer(pointer: string, root: unknown): ManifestPath {
  let value = root;
  return pointer
    .split("/")
    .slice(1)
    .map((token) => {
      const key = Array.isArray(value) ? Number(token) : unescape(token);
      value = memberOf(value, key);
      return key;
    });
}
