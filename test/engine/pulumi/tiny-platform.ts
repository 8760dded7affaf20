/** Manifests of a platform that is one small stack, so that an apply of it takes two seconds. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const platform = (services: readonly string[]): string => `apiVersion: meridian.dev/v1
kind: Platform
metadata: { name: tiny }
spec:
  description: One region.
  topology: single
  regions: [germany]
  primary: { region: germany, epoch: 1 }
  objectives:
    region: { rpo: 24h, rto: 24h }
  services:
    postgres:
      engine: cnpg
      storage: { size: 20Gi }
    apps:
      engine: deployment
      services:
${services.map((service) => `        - { name: ${service.replace("@", `, image: "registry.example/app:`)}", public: true }\n`).join("")}  residency:
    jurisdictions: [EU]
`;

const region = `apiVersion: meridian.dev/v1
kind: Region
metadata: { name: germany, platform: tiny }
spec:
  provider: kubernetes
  cloud: hetzner
  location: nbg1
  capacity:
    instances: 2
    nodes:
      - { name: germany-1, address: 192.0.2.11 }
      - { name: germany-2, address: 192.0.2.12 }
  network: { cidr: 10.1.0.0/16 }
  endpoints: { postgres: pg-germany.tiny.example }
`;

/** Writes the platform `tiny` into `regions/` below the folder; a service reads `api@1`. */
export function writeTinyPlatform(folder: string, services: readonly string[]): void {
  write(join(folder, "regions/tiny/platform.yaml"), platform(services));
  write(join(folder, "regions/tiny/regions/germany.yaml"), region);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
