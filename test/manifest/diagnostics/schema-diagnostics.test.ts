import Ajv from "ajv/dist/2020";
import fc from "fast-check";
import type { Diagnostic } from "../../../automation/manifest/diagnostic";
import { codeFrame } from "../../../automation/manifest/diagnostics/code-frame";
import { explain } from "../../../automation/manifest/diagnostics/schema/explain";
import { schemaDiagnostics } from "../../../automation/manifest/diagnostics/schema-diagnostics";
import { loadYaml } from "../../../automation/manifest/yaml/load-yaml";
import { sampleSchema } from "../../fixtures/bad-manifests/schema";

const validators = [
  ["oneOf", new Ajv({ allErrors: true, strict: false, logger: false }).compile(sampleSchema)],
  ["first error only", new Ajv({ strict: false, logger: false }).compile(sampleSchema)],
] as const;
const validate = validators[0][1];

/** A platform whose spec is this YAML. */
const platform = (spec: string): string =>
  `apiVersion: meridian.dev/v1\nkind: Platform\nmetadata: { name: acme }\nspec:\n${indented(spec, 2)}\n`;
const region = (spec: string): string => platform(spec).replace("kind: Platform", "kind: Region");
const postgres = (fields: string): string =>
  platform(`topology: single\nservices:\n  postgres:\n${indented(fields, 4)}`);
const indented = (text: string, spaces: number): string =>
  text
    .split("\n")
    .map((line) => " ".repeat(spaces) + line)
    .join("\n");

function diagnose(text: string, compiled: (typeof validators)[number][1] = validate): readonly Diagnostic[] {
  const loaded = loadYaml({ file: "f.yaml", text });
  if (loaded.kind === "rejected") return loaded.diagnostics;
  return loaded.documents.flatMap((document) => schemaDiagnostics(document, compiled, sampleSchema));
}

/** `MRD1104 5:13+6 message · hint · fix`: a whole diagnostic on one line. */
function told({ code, place, message, hint, fix }: Diagnostic): string {
  const { line, column, length } = place;
  return [`${code} ${line}:${column}+${length} ${message}`, hint, fix]
    .filter((part) => part !== undefined)
    .join(" · ");
}

describe("a valid document has nothing to report", () => {
  test.each([
    ["a platform", platform("topology: single")],
    ["a region", region("country: DE\nserves: [DE, FR]\nlatency: 0.5")],
    [
      "nested alternatives",
      postgres("engine: cnpg\ninstances: auto\nbackup: { to: s3, bucket: b1, retention: 14h }"),
    ],
    ["a number or a word", postgres("engine: cnpg\ninstances: 3")],
    ["Norway as text", platform("topology: single\nimage: no")],
  ])("%s", (_name, text) => {
    expect(diagnose(text)).toEqual([]);
  });
});

describe("one mistake is one diagnostic", () => {
  test.each([
    [
      "a misspelt value",
      platform("topology: singel"),
      [
        'MRD1104 5:13+6 spec.topology is "singel", which is not one of the values it takes · did you mean "single"? · use one of single, read-replicas, active-passive, active-active',
      ],
    ],
    [
      "a misspelt key, not also a missing one",
      platform("topolgy: single"),
      [
        'MRD1101 5:3+7 unknown key "topolgy" in spec · did you mean "topology"? · use one of topology, services, traffic, objectives, owner, image',
      ],
    ],
    [
      "a missing key",
      platform("image: x"),
      [
        'MRD1102 4:1+4 spec lacks the key "topology" · add topology: single, read-replicas, active-passive or active-active',
      ],
    ],
    [
      "several missing keys",
      "kind: Platform\n",
      [
        'MRD1102 1:1+4 the manifest lacks the keys "apiVersion", "metadata", "spec" · add apiVersion: meridian.dev/v1; metadata: a mapping; spec: a mapping',
      ],
    ],
    [
      "no kind",
      "apiVersion: meridian.dev/v1\nmetadata: { name: acme }\nspec: {}\n",
      ['MRD1102 1:1+10 the manifest lacks the key "kind" · add kind: Platform or Region'],
    ],
    [
      "an empty mapping",
      "{}\n",
      ['MRD1102 1:1+2 the manifest lacks the key "kind" · add kind: Platform or Region'],
    ],
    [
      "a list for a manifest",
      "- a\n",
      [
        "MRD1103 1:3+1 the manifest must be a mapping, not a list · write a mapping with the keys apiVersion, kind, metadata, spec",
      ],
    ],
    [
      "a text for a manifest",
      "hello\n",
      [
        'MRD1103 1:1+5 the manifest must be a mapping, not the text "hello" · write a mapping with the keys apiVersion, kind, metadata, spec',
      ],
    ],
    [
      "a wrong kind, whatever else",
      "apiVersion: x\nkind: Platfrm\nmetadata: {}\nspec: { foo: 1 }\n",
      [
        'MRD1104 2:7+7 kind is "Platfrm", which is not one of the values it takes · did you mean "Platform"? · use one of Platform, Region',
      ],
    ],
    [
      "a kind of the wrong type",
      platform("topology: single").replace("kind: Platform", "kind: 3"),
      ["MRD1104 2:7+1 kind is 3, which is not one of the values it takes · use one of Platform, Region"],
    ],
    [
      "a wrong constant",
      platform("topology: single").replace("meridian.dev/v1", "meridian.dev/v2"),
      [
        'MRD1104 1:13+15 apiVersion must be meridian.dev/v1, not "meridian.dev/v2" · did you mean "meridian.dev/v1"? · write meridian.dev/v1',
      ],
    ],
    [
      "a wrong engine, whatever else",
      postgres("engine: cnpq\ninstances: 2\nfoo: 1"),
      [
        'MRD1104 8:15+4 spec.services.postgres.engine is "cnpq", which is not one of the values it takes · did you mean "cnpg"? · use one of cnpg, azure-flexible',
      ],
    ],
    [
      "a key of the other engine",
      postgres("engine: cnpg\ninstances: 2\nsku: B1ms"),
      [
        'MRD1101 10:7+3 unknown key "sku" in spec.services.postgres · only with engine: azure-flexible · use one of backup, enabled',
      ],
    ],
    [
      "a misspelt key that tells alternatives apart",
      postgres("engin: cnpg\ninstances: 2"),
      [
        'MRD1101 8:7+5 unknown key "engin" in spec.services.postgres · did you mean "engine"? · the key it takes is engine',
      ],
    ],
    [
      "the beginning of a value",
      platform("topology: read"),
      [
        'MRD1104 5:13+4 spec.topology is "read", which is not one of the values it takes · did you mean "read-replicas"? · use one of single, read-replicas, active-passive, active-active',
      ],
    ],
    [
      "a date that is none",
      region("since: 2026-02-31"),
      ['MRD1105 5:10+10 spec.since cannot be "2026-02-31" · write a date such as 2026-01-31'],
    ],
    [
      "no engine",
      postgres("instances: 2"),
      ['MRD1102 7:5+8 spec.services.postgres lacks the key "engine" · add engine: cnpg or azure-flexible'],
    ],
    [
      "a missing key with a description",
      postgres("engine: azure-flexible"),
      ['MRD1102 7:5+8 spec.services.postgres lacks the key "sku" · add sku: B1ms (The size of the server)'],
    ],
    [
      "a missing key that takes a number or a word",
      postgres("engine: cnpg"),
      [
        'MRD1102 7:5+8 spec.services.postgres lacks the key "instances" · add instances: a whole number or auto',
      ],
    ],
    [
      "a wrong word where a number may stand",
      postgres("engine: cnpg\ninstances: atuo"),
      [
        'MRD1103 9:18+4 spec.services.postgres.instances must be a whole number or auto, not the text "atuo" · did you mean "auto"? · write a whole number or auto',
      ],
    ],
    [
      "a number in quotes",
      postgres('engine: cnpg\ninstances: "2"'),
      [
        'MRD1103 9:18+3 spec.services.postgres.instances must be a whole number or auto, not the text "2" · remove the quotes: 2',
      ],
    ],
    [
      "a list where a number or a word may stand",
      postgres("engine: cnpg\ninstances: [1]"),
      [
        "MRD1103 9:18+3 spec.services.postgres.instances must be a whole number or auto, not a list · write a whole number or auto",
      ],
    ],
    [
      "a number out of its range",
      postgres("engine: cnpg\ninstances: 12"),
      [
        "MRD1106 9:18+2 spec.services.postgres.instances must be from 1 to 9, not 12 · use a number from 1 to 9",
      ],
    ],
    [
      "an old boolean",
      postgres("engine: cnpg\ninstances: 2\nenabled: yes"),
      [
        'MRD1103 10:16+3 spec.services.postgres.enabled must be true or false, not the text "yes" · write true',
      ],
    ],
    [
      "an alternative inside an alternative",
      postgres("engine: cnpg\ninstances: 2\nbackup: { to: s4, bucket: b1 }"),
      [
        'MRD1104 10:21+2 spec.services.postgres.backup.to is "s4", which is not one of the values it takes · did you mean "s3"? · use one of s3, files',
      ],
    ],
    [
      "several mistakes inside an alternative",
      postgres("engine: cnpg\ninstances: 2\nbackup: { to: s3, bucket: Foo, retention: 14, share: x }"),
      [
        'MRD1105 10:33+3 spec.services.postgres.backup.bucket cannot be "Foo" · did you mean "foo"? · Lower case letters, digits and dashes; for example eu-central',
        "MRD1103 10:49+2 spec.services.postgres.backup.retention must be text, not the number 14 · A whole number and its unit; for example 30s",
        'MRD1101 10:53+5 unknown key "share" in spec.services.postgres.backup · only with to: files · remove it: all keys this takes are there',
      ],
    ],
    [
      "a text for an alternative",
      postgres("engine: cnpg\ninstances: 2\nbackup: s3"),
      [
        'MRD1103 10:15+2 spec.services.postgres.backup must be a mapping, not the text "s3" · write a mapping with the keys to, bucket, retention',
      ],
    ],
    [
      "a number where text is expected, as it was written",
      platform("topology: single\nimage: 1.10"),
      ['MRD1103 6:10+4 spec.image must be text, not the number 1.10 · quote it: "1.10"'],
    ],
    [
      "a boolean where text is expected",
      platform("topology: single\nimage: true"),
      ['MRD1103 6:10+4 spec.image must be text, not true · quote it: "true"'],
    ],
    [
      "nothing where text is expected",
      platform("topology: single\nimage:"),
      [
        "MRD1103 6:3+5 spec.image must be text, and it is empty · write text; a key that is not needed can be left out",
      ],
    ],
    [
      "nothing where a mapping is expected",
      platform("topology: single\nservices:"),
      [
        "MRD1103 6:3+8 spec.services must be a mapping, and it is empty · write a mapping (with the key postgres); a key that is not needed can be left out",
      ],
    ],
    [
      "text where a mapping is expected",
      platform("topology: single\nservices: postgres"),
      [
        'MRD1103 6:13+8 spec.services must be a mapping, not the text "postgres" · write a mapping with the key postgres',
      ],
    ],
    [
      "a duration without its unit",
      platform("topology: single\ntraffic: { ttl: 30 }"),
      [
        "MRD1103 6:19+2 spec.traffic.ttl must be text, not the number 30 · A whole number and its unit; for example 30s",
      ],
    ],
    [
      "a duration with a wrong unit",
      platform("topology: single\ntraffic: { ttl: 30sec }"),
      [
        'MRD1105 6:19+5 spec.traffic.ttl cannot be "30sec" · did you mean "30s"? · A whole number and its unit; for example 30s',
      ],
    ],
    [
      "keys and values of a record",
      platform("topology: single\ntraffic:\n  weights: { EU: x, in: 101, us: 1.5 }"),
      [
        'MRD1105 7:16+2 the key "EU" in spec.traffic.weights is not a name it takes · Lower case letters, digits and dashes; for example eu-central',
        "MRD1106 7:27+3 spec.traffic.weights.in must be from 0 to 100, not 101 · use a number from 0 to 100",
        "MRD1103 7:36+3 spec.traffic.weights.us must be a whole number, not the number 1.5 · write a whole number",
      ],
    ],
    [
      "an empty record",
      platform("topology: single\ntraffic: { weights: {} }"),
      ["MRD1107 6:23+2 spec.traffic.weights is empty · give it at least 1 key"],
    ],
    [
      "a list too short, with a wrong entry",
      platform("topology: single\ntraffic: { ttl: 30s, steps: [15] }"),
      [
        "MRD1107 6:31+4 spec.traffic.steps must have at least 2 entries, not 1 · give it at least 2 entries",
        "MRD1106 6:32+2 spec.traffic.steps[0] must be a multiple of 10, not 15 · use a number a multiple of 10",
      ],
    ],
    [
      "a key that needs another",
      platform("topology: single\ntraffic: { steps: [10, 20] }"),
      ['MRD1109 6:14+5 spec.traffic.steps needs "ttl" beside it · add ttl, or remove steps'],
    ],
    [
      "a misspelt key of a record of fixed keys",
      platform("topology: single\nobjectives: { regoin: { rpo: 5m, rto: 5 } }"),
      [
        'MRD1101 6:17+6 unknown key "regoin" in spec.objectives · did you mean "region"? · use one of component, region, corruption',
      ],
    ],
    [
      "none of two keys",
      platform("topology: single\nowner: {}"),
      ["MRD1102 6:3+5 spec.owner lacks team or person · add one of team, person"],
    ],
    [
      "both of two keys",
      platform("topology: single\nowner: { team: a, person: b }"),
      ["MRD1109 6:3+5 spec.owner has team and person, and takes only one of them · keep only one of them"],
    ],
    [
      "a misspelt key where several schemas are joined",
      region("contry: DE"),
      [
        'MRD1101 5:3+6 unknown key "contry" in spec · did you mean "country"? · use one of country, serves, since, latency',
      ],
    ],
    [
      "a country in lower case",
      region("country: no"),
      ['MRD1105 5:12+2 spec.country cannot be "no" · did you mean "NO"? · for example DE'],
    ],
    [
      "an entry twice",
      region("serves: [DE, FR, DE]"),
      ['MRD1108 5:20+2 spec.serves has "DE" twice · already entry 1 · remove one of the two'],
    ],
    [
      "one text where a list is expected",
      region("serves: DE"),
      ['MRD1103 5:11+2 spec.serves must be a list, not the text "DE" · write it as a list: [DE]'],
    ],
    [
      "too many entries",
      region("serves: [DE, FR, IT, ES, PT]"),
      ["MRD1107 5:11+20 spec.serves must have at most 4 entries, not 5 · give it at most 4 entries"],
    ],
    [
      "a number that must be above a bound",
      region("latency: 0"),
      ["MRD1106 5:12+1 spec.latency must be above 0, not 0 · use a number above 0"],
    ],
    [
      "text where a number is expected",
      region('latency: "5"'),
      ['MRD1103 5:12+3 spec.latency must be a number, not the text "5" · remove the quotes: 5'],
    ],
    [
      "a name in upper case",
      platform("topology: single").replace("acme", "Acme"),
      [
        'MRD1105 3:19+4 metadata.name cannot be "Acme" · did you mean "acme"? · Lower case letters, digits and dashes; for example eu-central',
      ],
    ],
    [
      "a name too long",
      platform("topology: single").replace("acme", "a-name-of-thirty-characters-no"),
      [
        "MRD1107 3:19+30 metadata.name must have at most 20 characters, not 30 · give it at most 20 characters",
      ],
    ],
    [
      "a key that needs quotes in a path",
      platform("topology: single").replace("name: acme", "name: acme, labels: { a/b.c~d: 1 }"),
      ['MRD1103 3:44+1 metadata.labels["a/b.c~d"] must be text, not the number 1 · quote it: "1"'],
    ],
    [
      "a value behind an alias",
      platform("topology: &t single\nimage: x\ntraffic: { ttl: *t }"),
      ['MRD1105 7:19+2 spec.traffic.ttl cannot be "single" · A whole number and its unit; for example 30s'],
    ],
    [
      "a value inside an alias",
      postgres("engine: cnpg\ninstances: 2\nbackup: &b { to: s3, bucket: B }") +
        "---\n" +
        region("country: DE"),
      [
        'MRD1105 10:36+1 spec.services.postgres.backup.bucket cannot be "B" · did you mean "b"? · Lower case letters, digits and dashes; for example eu-central',
      ],
    ],
    [
      "the second document of a file",
      platform("topology: single") + "---\n" + region("country: d"),
      ['MRD1105 11:12+1 spec.country cannot be "d" · for example DE'],
    ],
  ])("%s", (_name, text, expected) => {
    for (const [, compiled] of validators) expect(diagnose(text, compiled).map(told)).toEqual(expected);
  });
});

test("frames of schema errors stand under what is wrong", () => {
  const text = postgres("engine: cnpq\ninstances: 2");
  const drawn = diagnose(text).map((each) => codeFrame(text, each));
  expect(`\n${drawn.join("\n\n")}\n`).toMatchInlineSnapshot(`
    "
    error MRD1104  spec.services.postgres.engine is "cnpq", which is not one of the values it takes
      f.yaml:8:15
        6 |   services:
        7 |     postgres:
      > 8 |       engine: cnpq
          |               ^^^^ did you mean "cnpg"?
      fix: use one of cnpg, azure-flexible
    "
  `);
});

test("the path of a diagnostic names its key from the top", () => {
  const text = platform("topology: single\ntraffic: { steps: [10, 15] }");
  expect(diagnose(text).map(({ path }) => path)).toEqual(["spec.traffic.steps[1]", "spec.traffic.steps"]);
});

test("what the explanation has no words for is told in the validator's", () => {
  const refusing = Object.assign(() => false, {
    errors: [{ instancePath: "/spec/image", message: "must be pretty" }],
  });
  const loaded = loadYaml({ file: "f.yaml", text: platform("topology: single\nimage: x") });
  if (loaded.kind === "rejected") throw new TypeError("the document is good");
  expect(schemaDiagnostics(loaded.documents[0], refusing, sampleSchema).map(told)).toEqual([
    "MRD1110 6:10+1 spec.image must be pretty",
  ]);
});

const NUMBERS = [0, 1, 5, 15, 101, 1.5, -1];
const WORDS = [
  "single",
  "cnpg",
  "cnpq",
  "azure-flexible",
  "s3",
  "files",
  "auto",
  "acme",
  "Acme",
  "30s",
  "30",
  "DE",
  "",
];
const KEYS = [
  ...[
    "apiVersion",
    "kind",
    "metadata",
    "spec",
    "name",
    "topology",
    "services",
    "postgres",
    "engine",
    "instances",
  ],
  ...[
    "backup",
    "to",
    "bucket",
    "share",
    "traffic",
    "weights",
    "ttl",
    "steps",
    "owner",
    "team",
    "person",
    "country",
    "x",
  ],
];

const { any } = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(...NUMBERS, ...WORDS, true, null, "meridian.dev/v1", "Platform", "Region"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie("any"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const BASES = [
  platform(
    "topology: single\ntraffic: { weights: { eu: 5 }, ttl: 30s, steps: [10, 20] }\nowner: { team: a }",
  ),
  postgres("engine: cnpg\ninstances: 3\nbackup: { to: s3, bucket: b1 }"),
  postgres("engine: azure-flexible\nsku: B1ms\nbackup: { to: files, share: x }"),
  platform("topology: single\nobjectives: { region: { rpo: 5m, rto: 1h } }\nimage: x"),
  region("country: DE\nserves: [DE, FR]\nlatency: 1"),
].map((text) => {
  const loaded = loadYaml({ file: "f.yaml", text });
  return loaded.kind === "loaded" ? loaded.documents[0].value : undefined;
});

/** The same value with whatever stands at some place replaced, removed or added to. */
function altered(value: unknown, steps: readonly number[], put: unknown, key: string): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return put;
  const entries = Object.entries(value);
  const at = step % (entries.length + 2);
  if (Array.isArray(value))
    return value.map((item, i) => (i === at ? altered(item, rest, put, key) : (item as unknown)));
  if (at === entries.length) return { ...value, [key]: put };
  if (at > entries.length) return Object.fromEntries(entries.slice(1));
  return Object.fromEntries(entries.map(([k, v], i) => [k, i === at ? altered(v, rest, put, key) : v]));
}

describe("the explanation and the validator", () => {
  const agree = (value: unknown): void => {
    const findings = explain(sampleSchema, value, () => undefined);
    expect({ value, valid: findings.length === 0 }).toEqual({ value, valid: validate(value) });
  };

  test("agree on documents with something changed", () => {
    const change = fc.tuple(
      fc.constantFrom(...BASES),
      fc.array(fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), { minLength: 0, maxLength: 3 }),
      any,
      fc.constantFrom(...KEYS),
    );
    fc.assert(
      fc.property(change, ([base, places, put, key]) => {
        agree(places.reduce<unknown>((value, steps) => altered(value, steps, put, key), base));
      }),
      { numRuns: 3_000 },
    );
  });

  test("agree on anything", () => {
    fc.assert(fc.property(any, agree), { numRuns: 2_000 });
  });
});
