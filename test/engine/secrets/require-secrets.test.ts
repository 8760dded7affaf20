import { requireSecrets } from "../../../automation/engine/secrets/require-secrets";
import type { SecretSource, Target } from "../../../automation/engine/engine";
import type { StackSpec } from "../../../automation/fleet/stack-spec";

const stack = (name: string, ...secrets: readonly string[]): StackSpec => ({
  platform: "shop",
  stack: name,
  kind: "region",
  provider: "kubernetes",
  after: [],
  hash: "",
  components: secrets.map((secret) => ({ kind: "kubernetes/cluster", name, kubeconfig: { secret } })),
});
const stacks = [stack("europe", "kubeconfig-europe", "shared"), stack("india", "kubeconfig-india", "shared")];

const required = (source: SecretSource, target: Target): unknown => {
  try {
    return requireSecrets(stacks, source, target);
  } catch (error) {
    return error;
  }
};

test("names every missing secret once, with the stacks that need it", () => {
  const error = required(({ secret }) => (secret === "kubeconfig-india" ? "a value" : undefined), "cloud");
  expect(error).toMatchObject({
    code: "MRD8001",
    message: "2 secrets are missing, nothing was begun",
    detail: {
      facts: [
        "MERIDIAN_SECRET_KUBECONFIG_EUROPE  (kubeconfig-europe, for shop/europe)",
        "MERIDIAN_SECRET_SHARED  (shared, for shop/europe, shop/india)",
      ],
    },
  });
});

const none: SecretSource = () => undefined;
const every: SecretSource = () => "a value";
test.each([
  ["the sandbox needs none", none, "sandbox"],
  ["all are there", every, "cloud"],
] as const)("%s", (_, source, target) => {
  expect(required(source, target)).toBeUndefined();
});
