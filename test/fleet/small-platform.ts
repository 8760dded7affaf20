/** A platform in as few lines as one can have, and its variants: what tables and golden hashes are made of. */
import type { SourceFile } from "../../automation/manifest/diagnostic";

export interface Small {
  readonly topology?: string;
  readonly traffic?: string;
  readonly services?: string;
  readonly more?: string;
  /** `north planned` reads: region north, only planned. */
  readonly regions?: readonly string[];
  readonly workspaces?: readonly string[];
}

const regionFile = (text: string, index: number): SourceFile => {
  const [name = "", availability = "active"] = text.split(" ");
  const location = ["nuremberg", "mumbai", "singapore", "seattle"][index] ?? "nuremberg";
  return {
    file: `regions/shop/regions/${name}.yaml`,
    text: `apiVersion: meridian.dev/v1
kind: Region
metadata: { name: ${name}, platform: shop }
spec:
  provider: kubernetes
  cloud: contabo
  location: ${location}
  availability: ${availability}
  capacity: { nodes: [{ name: ${name}-1, address: 192.0.2.${index + 1} }] }
  network: { cidr: 10.${index + 1}.0.0/16 }
  endpoints: { postgres: pg-${name}.shop.example, mongodb: mongo-${name}.shop.example }
`,
  };
};

const TRAFFIC = "engine: cloudflare-load-balancer, zone: shop.example, hostname: api.shop.example";

/** Its files. */
export function smallPlatform({
  topology = "read-replicas",
  regions = ["south", "north"],
  traffic = `${TRAFFIC}, fallback: south`,
  services = "postgres: { engine: cnpg }",
  more = "",
  workspaces = [],
}: Small = {}): readonly SourceFile[] {
  const names = regions.map((text) => text.split(" ")[0] ?? "");
  return [
    {
      file: "regions/shop/platform.yaml",
      text: `apiVersion: meridian.dev/v1
kind: Platform
metadata: { name: shop }
spec:
  description: A shop of as few lines as one can have.
  topology: ${topology}
  regions: [${names.join(", ")}]
  primary: { region: ${names[0] ?? ""}, epoch: 1 }
  services: { ${services} }
  traffic: { ${traffic} }
${more}`,
    },
    ...regions.map(regionFile),
    ...workspaces.map((text): SourceFile => {
      const [name = "", home = names[0] ?? ""] = text.split("@");
      return {
        file: `regions/shop/workspaces/${name}.yaml`,
        text: `apiVersion: meridian.dev/v1\nkind: Workspace\nmetadata: { name: ${name}, platform: shop }\nspec: { homeRegion: ${home} }\n`,
      };
    }),
  ];
}
