import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import type { ProviderKnowledge } from "./knowledge";
import { runProgram } from "./run-program";

/** How fast graphs are made, and what is left of them in memory. */
export interface GraphMeasure {
  readonly resources: number;
  /** Of each stack, in the order they ran; the first one warms the code up. */
  readonly seconds: readonly number[];
  /** Heap in use after each stack, in megabytes; collect garbage in `heap` for a true number. */
  readonly megabytes: readonly number[];
}

/** Runs equal stacks of ConfigMaps and Deployments one after another. Clock and heap are read by the caller. */
export async function measureGraphs(
  size: { readonly resources: number; readonly stacks: number },
  knowledge: ProviderKnowledge,
  read: { readonly seconds: () => number; readonly megabytes: () => number },
): Promise<GraphMeasure> {
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let stack = 0; stack < size.stacks; stack += 1) {
    const started = read.seconds();
    const graph = await runProgram({
      project: "measure",
      stack: `stack-${stack}`,
      program: async () => register(size.resources),
      knowledge,
      signal: new AbortController().signal,
      onLog: () => undefined,
      hideText: (text) => text,
      hideInputs: (inputs) => inputs,
      stallSeconds: 60,
    });
    seconds.push(read.seconds() - started);
    megabytes.push(graph.length === size.resources ? read.megabytes() : Number.NaN);
  }
  return { resources: size.resources, seconds, megabytes };
}

async function register(resources: number): Promise<void> {
  for (let index = 0; index < resources; index += 1) {
    const metadata = { name: `thing-${index}`, labels: { app: `thing-${index}` } };
    if (index % 2 === 0) new ConfigMap(`map-${index}`, { metadata, data: { key: "value".repeat(20) } });
    else new Deployment(`deployment-${index}`, { metadata, spec: deploymentSpec(metadata.labels) });
  }
  return Promise.resolve();
}

const deploymentSpec = (matchLabels: Readonly<Record<string, string>>) => ({
  replicas: 2,
  selector: { matchLabels },
  template: {
    metadata: { labels: { ...matchLabels } },
    spec: {
      containers: [
        {
          name: "main",
          image: "registry.example.test/main:1",
          ports: [{ containerPort: 8080 }],
          env: [{ name: "REGION", value: "europe" }],
          resources: { requests: { cpu: "100m", memory: "128Mi" } },
        },
      ],
    },
  },
});
