/** Manifests as hands, editors and merges break them: nodes and bytes changed at random. */
import fc from "fast-check";
import { type Document, isCollection, isMap, isPair, isScalar, isSeq, parseDocument, visit } from "yaml";
import type { SourceFile } from "../../automation/manifest/diagnostic";

type Change = (text: string) => string;

/** Nodes worth changing, by the path to each. */
function pathsOf(doc: Document): readonly (readonly (string | number)[])[] {
  const paths: (string | number)[][] = [];
  visit(doc, {
    Node(key, node, ancestors) {
      if (key === "key" || (!isScalar(node) && !isCollection(node))) return;
      const path: (string | number)[] = [];
      ancestors.forEach((ancestor, depth) => {
        const next = ancestors[depth + 1] ?? node;
        if (isSeq(ancestor)) path.push(ancestor.items.indexOf(next));
        if (isPair(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
      });
      if (path.length > 0) paths.push(path);
    },
  });
  return paths;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e9, "", " ", "5 m", "germany", "0s", "1h30m"),
  fc.constantFrom<unknown>([], {}, [[]], [null], { engine: "cnpg" }, { secret: "x" }, "2026-02-30", "999d"),
  fc.constantFrom<unknown>("__proto__", "constructor", "\u0000", "🏰", "a\nb", "x".repeat(300), "toString"),
  fc.string({ maxLength: 12 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const keys = fc.oneof(
  fc.constantFrom(
    "engine",
    "region",
    "regions",
    "specs",
    "kind",
    "constructor",
    "toString",
    "hasOwnProperty",
  ),
  fc.string({ maxLength: 8 }),
);

/** A change of one node; what cannot be written back as YAML is left as it was. */
const onNode = (
  change: (doc: Document, path: readonly (string | number)[]) => void,
  pick: number,
): Change => {
  return (text) => {
    const doc = parseDocument(text);
    const paths = pathsOf(doc);
    const path = paths[pick % Math.max(1, paths.length)];
    if (path === undefined) return text;
    change(doc, path);
    return String(doc);
  };
};

function renamed(doc: Document, path: readonly (string | number)[], name: string): void {
  const parent = doc.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (!isMap(parent)) return;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === last);
  if (pair !== undefined && isScalar(pair.key)) pair.key.value = name;
}

const pick = fc.nat(100_000);

const nodeChange: fc.Arbitrary<Change> = fc.oneof(
  pick.map((at) => onNode((doc, path) => void doc.deleteIn(path), at)),
  fc.tuple(pick, odd).map(([at, value]) => onNode((doc, path) => doc.setIn(path, value), at)),
  fc.tuple(pick, keys).map(([at, name]) => onNode((doc, path) => renamed(doc, path, name), at)),
  fc.tuple(pick, keys, odd).map(([at, name, value]) =>
    onNode((doc, path) => {
      if (isMap(doc.getIn(path, true))) doc.setIn([...path, name], value);
    }, at),
  ),
  fc.tuple(pick, pick).map(([at, other]) =>
    onNode((doc, path) => {
      const paths = pathsOf(doc);
      const from = paths[other % paths.length] ?? path;
      const node: unknown = doc.getIn(from, true);
      doc.setIn(path, isCollection(node) || isScalar(node) ? node.clone() : node);
    }, at),
  ),
);

const scrap = fc.constantFrom(
  ..."\t|\0|\r|\uFEFF|\uFFFD|{|}|[|]|\"|'|:|: |- |#|&a |*a|!!x |<<: *a\n|---\n|...\n|%YAML 1.1\n|\n|  |\\|>-1|? |\u2028".split(
    "|",
  ),
);

/** A change of the text itself, at a share of its length. */
const textChange: fc.Arbitrary<Change> = fc.oneof(
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((share) => (text: string) => text.slice(0, share * text.length)),
  fc
    .tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(20),
      fc.oneof(scrap, fc.string({ maxLength: 4 })),
    )
    .map(([share, length, instead]) => (text: string) => {
      const at = Math.floor(share * text.length);
      return text.slice(0, at) + instead + text.slice(at + length);
    }),
  fc.tuple(fc.nat(400), fc.nat(400)).map(([from, to]) => (text: string) => {
    const lines = text.split("\n");
    const [moved = ""] = lines.splice(from % lines.length, 1);
    lines.splice(to % Math.max(1, lines.length), 0, moved);
    return lines.join("\n");
  }),
);

export interface Mutation {
  readonly file: number;
  readonly changes: readonly Change[];
}

/** One to three changes of one file. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  file: fc.nat(10_000),
  changes: fc.array(fc.oneof({ weight: 2, arbitrary: nodeChange }, textChange), {
    minLength: 1,
    maxLength: 3,
  }),
});

/** The files with one of them changed; a change that cannot be made leaves the text as it is. */
export function mutate(files: readonly SourceFile[], { file, changes }: Mutation): readonly SourceFile[] {
  const target = file % files.length;
  return files.map((source, index) => {
    if (index !== target) return source;
    let { text } = source;
    for (const change of changes) {
      try {
        text = change(text);
      } catch {
        // Not every node can stand everywhere, and not every text has nodes any more.
      }
    }
    return { file: source.file, text };
  });
}
