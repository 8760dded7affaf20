import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parseFaults } from "../../../automation/engine/sandbox/faults";
import { closeAll, startProvider } from "./provider";
import type { Target } from "./provider-client";

afterEach(closeAll);

const shop: Target = { type: "kubernetes:core/v1:Namespace", name: "shop" };
const news = { metadata: { name: "shop" } };
const start = () => startProvider("kubernetes", { context: "eu" });
const created = ["create kubernetes/eu/core/Namespace/shop"];

describe("faults on demand", () => {
  test("throttling is waited out", async () => {
    const provider = await start();
    provider.faults({ kind: "throttle", on: "create", times: 2 });
    await provider.make(shop, news);
    expect(provider.journal).toEqual(created);
  });

  test.each([
    ["throttling that does not end", { kind: "throttle", times: 6 }, "MRD7020", "429 Too Many Requests"],
    ["a timeout", { kind: "timeout", milliseconds: 5 }, "MRD7021", "create timed out"],
    ["a refusal", { kind: "fail", message: "quota exceeded" }, "MRD7023", "quota exceeded"],
    ["a full disk", { kind: "disk-full" }, "MRD7003", "no space left to write"],
  ] as const)("%s is an error, changes nothing, and then is over", async (_, fault, code, message) => {
    const provider = await start();
    provider.faults(fault);
    await expect(provider.make(shop, news)).rejects.toThrow(
      new RegExp(`^${code} sandbox: ${message}.* Next: `),
    );
    expect(provider.journal).toEqual([]);
    await provider.make(shop, news);
    expect(provider.journal).toEqual(created);
    expect(readdirSync(join(provider.folder, "drafts"))).toEqual([]);
  });

  test("after a lost answer the resource is taken over, not made twice", async () => {
    const provider = await start();
    provider.faults({ kind: "lose-answer", on: "create" });
    await expect(provider.make(shop, news)).rejects.toThrow(/^MRD7022/);
    await provider.make(shop, news);
    expect(provider.journal).toEqual(created);
  });

  test("slow is slow every time", async () => {
    const provider = await start();
    provider.faults({ kind: "slow", milliseconds: 60, match: "::shop" });
    const began = performance.now();
    const made = await provider.make(shop, news);
    await provider.client.remove(shop, made.id, made.outputs);
    expect(performance.now() - began).toBeGreaterThan(115);
  });

  test("drift is seen by the next read, once", async () => {
    const provider = await start();
    const made = await provider.make(shop, news);
    provider.faults({ kind: "drift", set: { metadata: { labels: { by: "hand" } } } });
    const read = () => provider.client.read(shop, made.id, made.inputs, made.outputs);
    expect((await read()).inputs).toMatchObject({ metadata: { name: "shop", labels: { by: "hand" } } });
    await read();
    expect(provider.journal).toEqual([...created, "drift kubernetes/eu/core/Namespace/shop"]);
  });
});

test.each([
  ["{", "faults.json is not JSON"],
  ["[]", 'faults.json must be {"faults": […]}'],
  ['{"faults":[1]}', "faults.json has no object at faults[0]"],
  ['{"faults":[{}]}', "faults.json needs faults[0].kind to be one of throttle, timeout"],
  ['{"faults":[{"kind":"boom"}]}', "faults.json needs faults[0].kind to be one of throttle"],
  ['{"faults":[{"kind":"slow","on":"check"}]}', "faults.json needs faults[0].on to be one of create, read"],
  [
    '{"faults":[{"kind":"slow"},{"kind":"slow","times":0}]}',
    "faults.json needs faults[1].times to be a whole number",
  ],
  [
    '{"faults":[{"kind":"slow","time":1}]}',
    "faults.json has an unknown field faults[0].time, known are kind, on",
  ],
])("%s is refused", (text, message) => {
  expect(() => parseFaults("faults.json", text)).toThrow(message);
});
