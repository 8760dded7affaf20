import { catalog } from "../../../automation/manifest/catalog/data";
import type {
  Cell,
  Objective,
  RegionRole,
  ReplicationEdge,
  ReplicationMode,
  Topology,
  TopologyRegion,
} from "../../../automation/fleet/topology";

export const countriesOf = (jurisdiction: string): readonly string[] =>
  catalog.data.countries.countries
    .map(({ code }) => code)
    .filter((code) => catalog.jurisdictionsOf(code).includes(jurisdiction));

/** `europe contabo/nuremberg writer` reads: region europe at Contabo in Nuremberg, a writer. */
function region(text: string): TopologyRegion {
  const [name = "", place = "", role = "idle"] = text.split(" ");
  const [cloud = "", location = ""] = place.split("/");
  const found = catalog.location(cloud, location);
  return {
    name,
    cloud: cloud as TopologyRegion["cloud"],
    provider: cloud === "contabo" || cloud === "hetzner" ? "kubernetes" : (cloud as "aws"),
    location,
    displayName: found?.displayName ?? "unknown",
    role: role as RegionRole,
    country: found?.country ?? "ZZ",
    city: found?.city ?? found?.displayName ?? "unknown",
    latitude: found?.latitude ?? 0,
    longitude: found?.longitude ?? 0,
    jurisdictions: found?.jurisdictions ?? [],
  };
}

/** `postgres async europe > india`, or `<>` for both ways. */
function edge(text: string): ReplicationEdge {
  const [service = "", mode = "", from = "", arrow = "", to = ""] = text.split(" ");
  return {
    cell: "default",
    service,
    engine: "any",
    from,
    to,
    mode: mode as ReplicationMode,
    direction: arrow === "<>" ? "two-way" : "one-way",
  };
}

interface Written {
  readonly platform: string;
  readonly shape: Topology["shape"];
  readonly regions: readonly string[];
  readonly edges?: readonly string[];
  /** `europe 60`. */
  readonly traffic?: readonly string[];
  readonly cells?: readonly Cell[];
  readonly objectives?: readonly Objective[];
}

const named = (regions: readonly TopologyRegion[], role: RegionRole): readonly string[] =>
  regions.filter((one) => one.role === role).map(({ name }) => name);

/** One cell by the roles of the regions, unless cells are given. */
export function topology({
  platform,
  shape,
  edges = [],
  traffic = [],
  objectives,
  ...rest
}: Written): Topology {
  const regions = rest.regions.map(region);
  const cell: Cell = {
    name: "default",
    writers: named(regions, "writer").map((one) => ({ region: one, epoch: 1 })),
    standbys: named(regions, "standby"),
    readers: named(regions, "reader"),
  };
  return {
    platform,
    shape,
    regions,
    cells: rest.cells ?? [cell],
    replication: edges.map(edge),
    traffic: traffic.map((text) => {
      const [name = "", percent = "0"] = text.split(" ");
      return { region: name, percent: Number(percent), serves: [] };
    }),
    objectives: objectives ?? [{ fault: "region", rpo: 60, rto: 900 }],
    placements: [],
  };
}

export const openova = topology({
  platform: "openova",
  shape: "read-replicas",
  regions: ["europe contabo/nuremberg writer", "india contabo/mumbai reader"],
  edges: ["postgres async europe > india", "mongodb quorum europe > india"],
  traffic: ["europe 60", "india 40"],
});

export const castiel = topology({
  platform: "castiel",
  shape: "active-passive",
  regions: ["east-us azure/eastus writer", "west-us-2 azure/westus2 standby"],
  edges: ["cosmos multi-writer east-us <> west-us-2", "redis async east-us > west-us-2"],
  traffic: ["east-us 100"],
});

export const eden = topology({
  platform: "eden",
  shape: "active-active",
  regions: ["us-east-1 aws/us-east-1 writer", "us-west-2 aws/us-west-2 writer"],
  edges: [
    "postgres logical us-east-1 <> us-west-2",
    "redis multi-writer us-east-1 <> us-west-2",
    "objectStore object us-east-1 > us-west-2",
  ],
  traffic: ["us-east-1 80", "us-west-2 20"],
  objectives: [
    { fault: "component", rpo: 0, rto: 30 },
    { fault: "region", rpo: 60, rto: 300 },
    { fault: "corruption", rpo: 3_600, rto: 14_400 },
  ],
});

export const hse = topology({
  platform: "hse",
  shape: "read-replicas",
  regions: [
    "us-east aws/us-east-1 writer",
    "eu-west aws/eu-west-1 reader",
    "ap-southeast aws/ap-southeast-1 reader",
  ],
  edges: [
    "postgres async us-east > eu-west",
    "postgres async us-east > ap-southeast",
    "redis async us-east <> eu-west",
    "redis async us-east <> ap-southeast",
    "redis async eu-west <> ap-southeast",
  ],
  traffic: ["us-east 50", "eu-west 30", "ap-southeast 20"],
});

export const portarium = topology({
  platform: "portarium",
  shape: "active-passive",
  regions: [
    "eu-central aws/eu-central-1 writer",
    "eu-north aws/eu-north-1 standby",
    "us-east aws/us-east-1 writer",
    "us-west aws/us-west-2 standby",
  ],
  cells: [
    { name: "eu", writers: [{ region: "eu-central", epoch: 4 }], standbys: ["eu-north"], readers: [] },
    { name: "us", writers: [{ region: "us-east", epoch: 1 }], standbys: ["us-west"], readers: [] },
  ],
  edges: [
    "postgres sync eu-central > eu-north",
    "workflow async eu-central > eu-north",
    "messaging async eu-central > eu-north",
    "objectStore object eu-central <> eu-north",
    "postgres sync us-east > us-west",
    "workflow async us-east > us-west",
    "messaging async us-east > us-west",
    "objectStore object us-east <> us-west",
  ],
  traffic: ["eu-central 62", "us-east 38"],
});

export const single = topology({
  platform: "solo",
  shape: "single",
  regions: ["europe hetzner/nbg1 writer"],
  traffic: ["europe 100"],
  objectives: [],
});

/** Two clouds in one city, and a machine under somebody's desk. */
export const crowded = topology({
  platform: "crowded",
  shape: "read-replicas",
  regions: [
    "contabo contabo/nuremberg writer",
    "hetzner hetzner/nbg1 reader",
    "virginia aws/us-east-1 reader",
    "east-us azure/eastus reader",
    "desk local/desk idle",
  ],
  edges: [
    "postgres async contabo > hetzner",
    "postgres async contabo > virginia",
    "postgres async contabo > east-us",
    "postgres logical contabo > desk",
  ],
  traffic: ["contabo 40", "hetzner 30", "virginia 20", "east-us 10"],
});

export const local = topology({
  platform: "local",
  shape: "active-passive",
  regions: ["left local/left writer", "right local/right standby"],
  edges: ["postgres sync left > right"],
  traffic: ["left 100"],
});

const AWS = catalog.locations("aws").filter(({ name }) => !/gov|cn-|iso/.test(name));

/** A writer and copies wherever AWS has machines. */
export const many = (count: number, shape: "fan" | "mesh" = "fan"): Topology => {
  const places = AWS.slice(0, count).map(({ name }) => name);
  const regions = places.map(
    (name, at) => `${name} aws/${name} ${shape === "mesh" || at === 0 ? "writer" : "reader"}`,
  );
  const [first = "", ...others] = places;
  const pairs = places.flatMap((from, at) =>
    places.slice(at + 1).map((to) => `postgres logical ${from} <> ${to}`),
  );
  return topology({
    platform: `everywhere-${count}`,
    shape: shape === "mesh" ? "active-active" : "read-replicas",
    regions,
    edges: shape === "mesh" ? pairs : others.map((to) => `postgres async ${first} > ${to}`),
    traffic: places.map((name, at) => `${name} ${Math.floor(100 / count) + (at < 100 % count ? 1 : 0)}`),
  });
};

export const pictures: readonly Topology[] = [
  openova,
  castiel,
  eden,
  hse,
  portarium,
  single,
  crowded,
  local,
  many(20),
  { ...many(20, "mesh"), platform: "mesh-20" },
];
