/** A small platform that works as it is: two regions in Europe, PostgreSQL with a standby, one application. */

const platform = (name: string): string => `apiVersion: meridian.dev/v1
kind: Platform
metadata:
  name: ${name}
spec:
  description: Two regions in Europe; the second takes over when the first is lost.
  topology: active-passive
  regions: [germany, finland]
  primary: { region: germany, epoch: 1 }
  objectives:
    region: { rpo: 60s, rto: 15m }
  services:
    postgres:
      engine: cnpg
      storage: { size: 20Gi }
    apps:
      engine: deployment
      services:
        - { name: api, image: "registry.example/${name}/api:1.0.0", public: true }
  traffic:
    engine: cloudflare-load-balancer
    zone: ${name}.example
    hostname: api.${name}.example
    fallback: germany
  residency:
    jurisdictions: [EU]
`;

const region = (
  platformName: string,
  name: string,
  location: string,
  network: string,
  addresses: string,
): string =>
  `apiVersion: meridian.dev/v1
kind: Region
metadata:
  name: ${name}
  platform: ${platformName}
spec:
  provider: kubernetes
  cloud: hetzner
  location: ${location}
  capacity:
    instances: 2
    nodes:
      - { name: ${name}-1, address: ${addresses}.11 }
      - { name: ${name}-2, address: ${addresses}.12 }
  network: { cidr: ${network} }
  endpoints: { postgres: pg-${name}.${platformName}.example }
`;

const workspace = (platformName: string): string => `apiVersion: meridian.dev/v1
kind: Workspace
metadata:
  name: first
  platform: ${platformName}
spec:
  homeRegion: germany
  replicaRegions: [finland]
  residency: { jurisdictions: [EU], dataClasses: [personal] }
`;

/** A file of the platform, and the kind of manifest it is. */
export interface FirstFile {
  readonly path: string;
  readonly kind: "platform" | "region" | "workspace";
  readonly text: string;
}

/** Every file, by its path below the platform's folder. */
export const firstPlatform = (name: string): readonly FirstFile[] => [
  { path: "platform.yaml", kind: "platform", text: platform(name) },
  {
    path: "regions/germany.yaml",
    kind: "region",
    text: region(name, "germany", "nbg1", "10.1.0.0/16", "192.0.2"),
  },
  {
    path: "regions/finland.yaml",
    kind: "region",
    text: region(name, "finland", "hel1", "10.2.0.0/16", "198.51.100"),
  },
  { path: "workspaces/first.yaml", kind: "workspace", text: workspace(name) },
];
