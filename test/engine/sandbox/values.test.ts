import * as fc from "fast-check";
import { differences } from "../../../automation/engine/sandbox/difference";
import { overlay } from "../../../automation/engine/sandbox/merge";
import {
  asSecret,
  carrySecrets,
  hasUnknown,
  hide,
  HIDDEN,
  keepUnknown,
  restoreHidden,
  reveal,
  revealAll,
  sameValue,
  secretTexts,
  UNKNOWN,
  unknownUnlessGiven,
  type Properties,
  type Value,
} from "../../../automation/engine/sandbox/values";

const CANARY = "canary-3fd1";
const value = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Value>(null, true, 1, "text", UNKNOWN),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { maxKeys: 3 }),
    fc.constant(asSecret(CANARY)),
    fc.constant(asSecret({ deep: [CANARY] })),
  ),
})).value;
const properties = fc.dictionary(fc.constantFrom("x", "y", "z"), value, { maxKeys: 3 });

describe("secrets", () => {
  test("what is hidden holds no secret", () => {
    fc.assert(fc.property(properties, (bag) => !JSON.stringify(hide(bag)).includes(CANARY)));
  });

  test("what was hidden comes back from what the state knows", () => {
    fc.assert(
      fc.property(properties, (bag) => {
        expect(reveal(restoreHidden(hide(bag), revealAll(bag)))).toEqual(revealAll(bag));
      }),
    );
  });

  test("outputs that repeat a secret input are secret", () => {
    const inputs = { env: [{ name: "P", value: asSecret(CANARY) }], plain: "x" };
    const outputs = { env: [{ name: "P", value: CANARY }], url: `postgres://:${CANARY}@db`, plain: "x" };
    expect(hide(carrySecrets(outputs, inputs) as Properties)).toEqual({
      env: [{ name: "P", value: HIDDEN }],
      url: HIDDEN,
      plain: "x",
    });
    expect(secretTexts(inputs)).toEqual([CANARY]);
  });

  test("a secret that nobody remembers is still a secret", () => {
    expect(hide(restoreHidden({ data: HIDDEN }, undefined) as Properties)).toEqual({ data: HIDDEN });
  });
});

test("at preview what the cloud makes up is unknown, what was asked for is not", () => {
  const outputs = { metadata: { name: "a", uid: "1" }, status: { ip: "192.0.2.1" } };
  const preview = unknownUnlessGiven(outputs, { metadata: { name: "a" } });
  expect(preview).toEqual({ metadata: { name: "a", uid: UNKNOWN }, status: UNKNOWN });
  expect(hasUnknown(preview)).toBe(true);
});

test("texts made from something unknown are unknown", () => {
  const outputs = { host: `${UNKNOWN}.azurewebsites.net`, id: "1", spec: { replicas: 1 } };
  expect(keepUnknown(outputs, { spec: { replicas: UNKNOWN } })).toEqual({
    host: UNKNOWN,
    id: "1",
    spec: { replicas: UNKNOWN },
  });
});

describe("differences", () => {
  test.each<[string, Properties, Properties, readonly string[]]>([
    ["nothing", { a: 1 }, { a: 1 }, []],
    ["order of keys", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ["added, removed, changed", { a: 1, b: 2 }, { a: 2, c: 3 }, ["update a", "delete b", "add c"]],
    ["deep", { a: { b: { c: 1 } } }, { a: { b: { c: 2 } } }, ["update a.b.c"]],
    ["in a list", { a: [{ b: 1 }, 2] }, { a: [{ b: 3 }, 2] }, ["update a[0].b"]],
    ["a longer list", { a: [1] }, { a: [1, 2] }, ["update a"]],
    ["a name with a dot", { a: { "b.c": 1 } }, { a: { "b.c": 2 } }, ['update a["b.c"]']],
    ["null is not given", { a: null }, {}, []],
  ])("%s", (_, before, after, expected) => {
    expect(differences(before, after).map(({ kind, path }) => `${kind} ${path}`)).toEqual(expected);
  });

  test("no difference means equal, and the other way round", () => {
    fc.assert(
      fc.property(properties, properties, (a, b) => {
        expect(differences(a, a)).toEqual([]);
        if (sameValue(a, b)) expect(differences(a, b)).toEqual([]);
      }),
    );
  });
});

test("an overlay keeps what it does not mention", () => {
  expect(overlay({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3], e: 2 } })).toEqual({
    a: { b: 1, c: [3], e: 2 },
    d: 1,
  });
});
