/** What the planner makes of the manifests of openova, in each of its three phases. */
import type { StackSpec } from "../../../automation/fleet/stack-spec";
import { buildStack } from "../../../components/program";
import { edit, filesOf, stacksOf } from "../../fleet/build-manifests";
import { describeWithSchemas, violations } from "../crd-schemas";
import { context, registered } from "../registered";
import { refusals } from "./cnpg-admission";

const openova = filesOf("openova");
const phases = ["single", "read-replicas", "active-active"].map((topology) => ({
  topology,
  stacks: stacksOf(edit(openova, "topology: read-replicas", `topology: ${topology}`)),
}));

const DEFINED =
  /^(postgresql\.cnpg\.io|barmancloud\.cnpg\.io|mongodbcommunity\.mongodb\.com|monitoring\.coreos\.com)\//;

async function customResources(stacks: readonly StackSpec[]) {
  const found: Readonly<Record<string, unknown>>[] = [];
  for (const stack of stacks) {
    const all = await registered(() => buildStack(stack, context()));
    found.push(
      ...all.map(({ inputs }) => inputs).filter(({ apiVersion }) => DEFINED.test(String(apiVersion))),
    );
  }
  return found;
}

describeWithSchemas("openova as planned", () => {
  test.each(phases)("$topology: every custom resource is valid", async ({ stacks }) => {
    const objects = await customResources(stacks);
    expect(objects.flatMap((object) => violations(object))).toEqual([]);
  });
});

describe("openova as planned", () => {
  test.each(phases)("$topology: every stack builds, and under 500 resources", async ({ stacks }) => {
    for (const stack of stacks) {
      const all = await registered(() => buildStack(stack, context()));
      expect({ stack: stack.stack, some: all.length > 0, many: all.length > 500 }).toEqual({
        stack: stack.stack,
        some: true,
        many: false,
      });
    }
  });

  test.each(phases)("$topology: the operator admits every cluster", async ({ stacks }) => {
    const clusters = (await customResources(stacks)).filter(({ kind }) => kind === "Cluster");
    const refused = clusters.flatMap(({ metadata, spec }) =>
      refusals((metadata as { name: string }).name, spec as Parameters<typeof refusals>[1]),
    );
    expect({ clusters: clusters.length, refused }).toEqual({
      clusters: stacks.filter(({ kind }) => kind === "region").length,
      refused: [],
    });
  });

  test("Kubernetes objects have names of their own in each stack", async () => {
    for (const stack of phases.flatMap(({ stacks }) => stacks)) {
      const all = await registered(() => buildStack(stack, context()));
      const names = all
        .filter(({ custom, type }) => custom && type.startsWith("kubernetes:"))
        .map(({ type, inputs }) => {
          const { name, namespace = "" } = inputs["metadata"] as { name: string; namespace?: string };
          return `${type} ${namespace}/${name}`;
        });
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
