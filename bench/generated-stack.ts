/** The program of a stack of ConfigMaps and Deployments, as large as asked. */
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";

export function registerThings(resources: number): Promise<void> {
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
