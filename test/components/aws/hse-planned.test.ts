/**
 * @jest-environment ./test/engine/graph/process-environment.ts
 *
 * hse as its manifests plan it: a replica's stack waits for its primary's, and a tenant has users where its data is.
 */
import { buildStack } from "../../../components/program";
import { edit, stacksOf } from "../../fleet/build-manifests";
import { context, registered } from "../registered";
import { hse } from "./hse";

const orders = (files: typeof hse) =>
  Object.fromEntries(
    stacksOf(files)
      .filter(({ kind }) => kind === "region")
      .map(({ stack, after }) => [stack, [...after].sort()]),
  );

test("replicas come after the primary, whichever it is", () => {
  const promoted = edit(
    hse,
    "primary: { region: us-east, epoch: 1 }",
    "primary: { region: eu-west, epoch: 2 }",
  ).map(({ file, text }) => ({ file, text: text.replace("standby: eu-west", "standby: us-east") }));
  expect([orders(hse), orders(promoted)]).toEqual([
    { "us-east": ["network"], "eu-west": ["network", "us-east"], "ap-southeast": ["network", "us-east"] },
    { "eu-west": ["network"], "us-east": ["eu-west", "network"], "ap-southeast": ["eu-west", "network"] },
  ]);
});

test("a region and a shard are made whole: every child has a parent", async () => {
  const stacks = stacksOf(hse).filter(({ stack }) => stack === "eu-west" || stack.startsWith("workspaces-"));
  for (const spec of stacks) {
    const all = await registered(() => buildStack(spec, context()));
    const orphans = all.filter(
      ({ custom, parent, type }) => custom && parent === undefined && !type.startsWith("pulumi:"),
    );
    expect(orphans.map(({ name }) => name)).toEqual([]);
  }
  expect(stacks.length).toBeGreaterThan(1);
});
