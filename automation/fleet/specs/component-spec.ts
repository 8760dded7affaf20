/**
 * Every component a stack can hold: plain data, a union on `kind`.
 *
 * A kind is `<room>/<engine>`, as in components/<room>/<engine>.ts. Secrets never stand in a spec: a
 * `SecretRef` names one, and the engine's edge resolves it.
 */
import type { AwsComponentSpec } from "./aws";
import type { AzureComponentSpec } from "./azure";
import type { CloudflareComponentSpec } from "./cloudflare";
import type { KubernetesComponentSpec } from "./kubernetes";

export type ComponentSpec =
  KubernetesComponentSpec | CloudflareComponentSpec | AzureComponentSpec | AwsComponentSpec;
