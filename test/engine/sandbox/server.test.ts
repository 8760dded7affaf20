import { asSecret, hide, HIDDEN, UNKNOWN, type Properties } from "../../../automation/engine/sandbox/values";
import { drift } from "../../../automation/engine/sandbox/world";
import { closeAll, startProvider } from "./provider";
import type { Target } from "./provider-client";

afterEach(closeAll);

const CANARY = "canary-77aa";

const namespace: Target = { type: "kubernetes:core/v1:Namespace", name: "shop" };
const deployment: Target = { type: "kubernetes:apps/v1:Deployment", name: "web" };
const web = (replicas: number, app = "web"): Properties => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "shop" },
  spec: { replicas, selector: { matchLabels: { app } } },
});

describe("kubernetes", () => {
  const start = () =>
    startProvider("kubernetes", { context: "eu", kubeconfig: asSecret(`token: ${CANARY}`) });

  test("an object lives, changes, is read and goes", async () => {
    const provider = await start();
    await provider.make(namespace, { metadata: { name: "shop" } });
    const made = await provider.make(deployment, web(1));
    expect(made.id).toBe("shop/web");
    const outputs = await provider.client.update(deployment, made.id, made.outputs, web(3));
    expect(outputs).toMatchObject({ status: { availableReplicas: 3 }, metadata: { resourceVersion: "2" } });
    expect(await provider.client.read(deployment, made.id, web(3), outputs)).toEqual({
      id: "shop/web",
      inputs: web(3),
      outputs,
    });
    await provider.client.remove(deployment, made.id, outputs);
    expect((await provider.client.read(deployment, made.id, web(3), outputs)).id).toBe("");
    expect(provider.journal).toEqual([
      "create kubernetes/eu/core/Namespace/shop",
      "create kubernetes/eu/apps/Deployment/shop/web",
      "update kubernetes/eu/apps/Deployment/shop/web",
      "delete kubernetes/eu/apps/Deployment/shop/web",
    ]);
  });

  test("a namespace must exist first, and takes what is in it along", async () => {
    const provider = await start();
    await expect(provider.client.create(deployment, web(1))).rejects.toThrow(
      'MRD7011 sandbox: namespaces "shop" not found. Next: Declare it in the same platform',
    );
    const made = await provider.make(namespace, { metadata: { name: "shop" } });
    await provider.make(deployment, web(1));
    await provider.client.remove(namespace, made.id, made.outputs);
    expect(provider.world.live()).toEqual([]);
  });

  test("another stack's object is not taken, one's own is taken over", async () => {
    const provider = await start();
    const first = await provider.make(namespace, { metadata: { name: "shop" } });
    const again = await provider.make(namespace, { metadata: { name: "shop" } });
    expect(again.outputs).toEqual(first.outputs);
    await expect(
      provider.make({ ...namespace, stack: "other" }, { metadata: { name: "shop" } }),
    ).rejects.toThrow(
      'MRD7010 sandbox: kubernetes:core/v1:Namespace "shop" already exists (owned by urn:pulumi:dev::project',
    );
    expect(provider.journal).toEqual(["create kubernetes/eu/core/Namespace/shop"]);
  });

  test("taking over with other inputs updates, or replaces what cannot stay", async () => {
    const provider = await start();
    await provider.make(namespace, { metadata: { name: "shop" } });
    await provider.make(deployment, web(1));
    await provider.make(deployment, web(2));
    await provider.make(deployment, web(2, "other"));
    expect(provider.journal.slice(1).map((line) => line.split(" ")[0])).toEqual([
      "create",
      "update",
      "delete",
      "create",
    ]);
  });

  test("a replacement is known, and deletes first under the same name", async () => {
    const provider = await start();
    expect(await provider.client.diff(deployment, "shop/web", web(1), web(1, "new"))).toEqual({
      changes: true,
      diffs: ["spec"],
      replaces: ["spec.selector.matchLabels.app"],
      deleteBeforeReplace: true,
    });
    const moved = { ...web(1), metadata: { name: "web2", namespace: "shop" } };
    expect(await provider.client.diff(deployment, "shop/web", web(1), moved)).toMatchObject({
      replaces: ["metadata.name"],
      deleteBeforeReplace: false,
    });
    expect((await provider.client.diff(deployment, "shop/web", web(1), web(1))).changes).toBe(false);
  });

  test("at preview nothing is made and what the cluster makes up is unknown", async () => {
    const provider = await start();
    const inputs = { ...web(1), metadata: { name: "web", namespace: UNKNOWN } };
    const preview = await provider.client.create(deployment, inputs, true);
    expect(preview.id).toBe("");
    expect(preview.outputs).toMatchObject({
      metadata: { name: "web", namespace: UNKNOWN, uid: UNKNOWN },
      status: UNKNOWN,
    });
    expect(provider.journal).toEqual([]);
  });

  test("an update that is not known yet keeps what will not change", async () => {
    const provider = await start();
    await provider.make(namespace, { metadata: { name: "shop" } });
    const made = await provider.make(deployment, web(1));
    const next = { ...web(1), spec: { replicas: UNKNOWN } };
    const preview = await provider.client.update(deployment, made.id, made.outputs, next, true);
    expect(preview).toMatchObject({
      metadata: { uid: (made.plain["metadata"] as Properties)["uid"] },
      spec: { replicas: UNKNOWN },
    });
  });

  test("two stacks get different names, and one stack always the same", async () => {
    const provider = await start();
    const ask = async (stack: string) =>
      (await provider.client.check({ ...namespace, stack }, {}, {})).inputs["metadata"] as Properties;
    expect(await ask("a")).toEqual(await ask("a"));
    expect((await ask("a"))["name"]).not.toBe((await ask("b"))["name"]);
  });

  test("secrets come back as secrets and are not in the world", async () => {
    const provider = await start();
    const secret: Target = { type: "kubernetes:core/v1:Secret", name: "db" };
    const made = await provider.make(secret, {
      metadata: { name: "db" },
      stringData: { password: asSecret(CANARY) },
    });
    expect(hide(made.outputs)).toMatchObject({ stringData: HIDDEN, data: HIDDEN });
    expect(made.plain).toMatchObject({ data: { password: Buffer.from(CANARY).toString("base64") } });
    expect(JSON.stringify(provider.world.journal())).not.toContain(CANARY);
    const read = await provider.client.read(secret, made.id, made.inputs, made.outputs);
    expect(read).toEqual({ id: made.id, inputs: made.inputs, outputs: made.outputs });
  });

  test("a refresh sees drift, and the next update undoes it", async () => {
    const provider = await start();
    await provider.make(namespace, { metadata: { name: "shop" } });
    const made = await provider.make(deployment, web(1));
    drift(provider.world, "kubernetes/eu/apps/Deployment/shop/web", ({ outputs }) => ({
      inputs: web(9),
      outputs: { ...outputs, spec: { replicas: 9 } },
    }));
    const read = await provider.client.read(deployment, made.id, made.inputs, made.outputs);
    expect(read.inputs).toEqual(web(9));
    await provider.client.update(deployment, made.id, read.outputs, web(1));
    expect(provider.world.current("kubernetes/eu/apps/Deployment/shop/web")?.inputs).toEqual(web(1));
  });

  test("updating what is gone says so", async () => {
    const provider = await start();
    await expect(provider.client.update(deployment, "shop/web", web(1), web(2))).rejects.toThrow(
      /^MRD7012 sandbox: .* Next: Refresh/,
    );
  });

  test("another cluster moves everything, another token nothing", async () => {
    const provider = await start();
    expect(
      await provider.client.diffConfig(
        { context: "eu", kubeconfig: "a" },
        { context: "eu", kubeconfig: "b" },
      ),
    ).toEqual([]);
    expect(await provider.client.diffConfig({ context: "eu" }, { context: "in" })).toEqual(["context"]);
    expect(
      await provider.client.diffConfig(
        { kubeconfig: "current-context: eu" },
        { kubeconfig: "current-context: in" },
      ),
    ).toEqual(["kubeconfig"]);
  });

  test("a bad name is refused where it is written", async () => {
    const provider = await start();
    expect((await provider.client.check(namespace, {}, { metadata: { name: "Shop_1" } })).failures).toEqual([
      "metadata.name",
    ]);
  });
});

describe("azure-native", () => {
  const subscription = "11111111-1111-4111-8111-111111111111";
  const start = () => startProvider("azure-native", { subscriptionId: subscription, location: "eastus" });
  const group: Target = { type: "azure-native:resources:ResourceGroup", name: "rg" };
  const site: Target = { type: "azure-native:web:WebApp", name: "app" };

  test("a site needs its group, and its name is unique in the world", async () => {
    const provider = await start();
    await expect(provider.client.create(site, { resourceGroupName: "castiel", name: "app" })).rejects.toThrow(
      'MRD7011 sandbox: resource group "castiel" could not be found (ResourceGroupNotFound)',
    );
    for (const name of ["castiel", "other"])
      await provider.make({ ...group, name }, { resourceGroupName: name });
    await provider.make(site, { resourceGroupName: "castiel", name: "app" });
    await expect(
      provider.make({ ...site, name: "app2" }, { resourceGroupName: "other", name: "APP" }),
    ).rejects.toThrow(/^MRD7010/);
    await expect(
      provider.make(
        { type: "azure-native:web:WebAppSlot", name: "s" },
        { resourceGroupName: "castiel", name: "nosuch", slot: "s" },
      ),
    ).rejects.toThrow(/^MRD7011 sandbox: parent resource .*\/sites\/nosuch" could not be found/);
    await provider.make(
      { type: "azure-native:web:WebAppSlot", name: "s" },
      { resourceGroupName: "castiel", name: "app", slot: "s" },
    );
  });

  test("a group takes what is in it along", async () => {
    const provider = await start();
    const made = await provider.make(group, { resourceGroupName: "castiel" });
    await provider.make(site, { resourceGroupName: "castiel", name: "app" });
    await provider.client.remove(group, made.id, made.outputs);
    expect(provider.world.live()).toEqual([]);
  });

  test("a generated name stays over updates, and moving regions replaces", async () => {
    const provider = await start();
    const made = await provider.make(group, {});
    expect(made.id).toMatch(new RegExp(`^/subscriptions/${subscription}/resourceGroups/rg[0-9a-f]{8}$`));
    const next = await provider.client.check(group, made.inputs, { location: "westus2" });
    expect(next.inputs["resourceGroupName"]).toBe(made.inputs["resourceGroupName"]);
    expect(await provider.client.diff(group, made.id, made.inputs, next.inputs)).toEqual({
      changes: true,
      diffs: ["location"],
      replaces: ["location"],
      deleteBeforeReplace: true,
    });
  });

  test("keys are secrets", async () => {
    const provider = await start();
    await provider.make(group, { resourceGroupName: "castiel" });
    const cache = await provider.make(
      { type: "azure-native:redis:Redis", name: "c" },
      { resourceGroupName: "castiel", name: "c" },
    );
    expect(hide(cache.outputs)).toMatchObject({ accessKeys: HIDDEN, hostName: "c.redis.cache.windows.net" });
    const keys = await provider.client.invoke("azure-native:redis:listRedisKeys", {
      resourceGroupName: "castiel",
      name: "c",
    });
    expect(hide(keys)).toEqual({ primaryKey: HIDDEN, secondaryKey: HIDDEN });
    await expect(provider.client.invoke("azure-native:web:getNothing", {})).rejects.toThrow(
      /^MRD7014 sandbox: the sandbox has no function/,
    );
  });

  test("a resource group is asked for before anything is done", async () => {
    const provider = await start();
    expect((await provider.client.check(site, {}, { name: "app" })).failures).toEqual(["resourceGroupName"]);
  });
});

describe("cloudflare", () => {
  const start = () => startProvider("cloudflare", { apiToken: asSecret(CANARY) });
  const pool: Target = { type: "cloudflare:index/loadBalancerPool:LoadBalancerPool", name: "pool" };
  const poolInputs = (name: string): Properties => ({
    accountId: "a1",
    name,
    origins: [{ name: "o", address: "192.0.2.1" }],
  });

  test("a pool is renamed in place and keeps its id", async () => {
    const provider = await start();
    const made = await provider.make(pool, poolInputs("eu"));
    expect(made.id).toMatch(/^[0-9a-f]{32}$/);
    expect(await provider.client.diff(pool, made.id, made.inputs, poolInputs("eu2"))).toMatchObject({
      replaces: [],
      changes: true,
    });
    const outputs = await provider.client.update(pool, made.id, made.outputs, poolInputs("eu2"));
    expect(outputs).toMatchObject({ name: "eu2", createdOn: made.outputs["createdOn"], minimumOrigins: 1 });
    expect(provider.world.live().map(({ id }) => id)).toEqual([made.id]);
  });

  test("two records of one name are allowed, two pools are not", async () => {
    const provider = await start();
    const record = { zoneId: "z", name: "www", type: "A", ttl: 1, content: "192.0.2.1" };
    const type = "cloudflare:index/dnsRecord:DnsRecord";
    const [one, two] = [
      await provider.make({ type, name: "one" }, record),
      await provider.make({ type, name: "two" }, record),
    ];
    expect(one.id).not.toBe(two.id);
    await provider.make(pool, poolInputs("eu"));
    await expect(provider.make({ ...pool, name: "twin" }, poolInputs("eu"))).rejects.toThrow(/^MRD7010/);
  });

  test("a zone is found by name and by id", async () => {
    const provider = await start();
    const found = await provider.client.invoke("cloudflare:index/getZone:getZone", {
      filter: { name: "openova.io" },
    });
    expect(found).toMatchObject({
      name: "openova.io",
      status: "active",
    });
    expect(await provider.client.invoke("cloudflare:index/getZone:getZone", { zoneId: "z1" })).toMatchObject({
      id: "z1",
    });
  });
});
