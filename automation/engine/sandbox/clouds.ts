import { awsCloud } from "./aws/cloud";
import { azureCloud } from "./azure/cloud";
import type { Cloud } from "./cloud";
import { cloudflareCloud } from "./cloudflare/cloud";
import { kubernetesCloud } from "./kubernetes/cloud";
import { sandboxError } from "./sandbox-error";

/** The clouds the sandbox stands in for. Another one is another row here, and its folder. */
const clouds = {
  aws: awsCloud,
  "azure-native": azureCloud,
  cloudflare: cloudflareCloud,
  kubernetes: kubernetesCloud,
} as const satisfies Readonly<Record<string, Cloud>>;

/** A provider that has a stand-in. */
export type SandboxProvider = keyof typeof clouds;

/** Every provider that has a stand-in, sorted. */
export const sandboxProviders = Object.keys(clouds).sort() as readonly SandboxProvider[];

const isSandboxProvider = (name: string): name is SandboxProvider => Object.hasOwn(clouds, name);

/** The cloud of a provider such as `kubernetes`. */
export function cloudOf(provider: string): Cloud {
  if (isSandboxProvider(provider)) return clouds[provider];
  throw sandboxError(
    "MRD7031",
    `there is no sandbox provider "${provider}", only ${sandboxProviders.join(", ")}`,
  );
}

/** The cloud of a type such as `kubernetes:core/v1:Namespace`. */
export const cloudOfType = (type: string): Cloud => cloudOf(type.split(":")[0] ?? type);
