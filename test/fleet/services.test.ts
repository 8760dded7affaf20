/** NATS and telemetry of portarium, and of platforms that are a little different. */
import type { NatsRole } from "../../automation/fleet/specs/kubernetes/nats";
import type { SourceFile } from "../../automation/manifest/diagnostic";
import { edit } from "./build-manifests";
import { componentOf, inputOf, PORTARIUM } from "./portarium";

const EU_CELL = "name: eu, writers: [{ region: eu-central, epoch: 1 }], standbys: [eu-north]";
const failedOver = edit(
  PORTARIUM,
  EU_CELL,
  "name: eu, writers: [{ region: eu-north, epoch: 2 }], standbys: [eu-central]",
);
const bothWrite = edit(
  PORTARIUM,
  EU_CELL,
  "name: eu, writers: [{ region: eu-central, epoch: 1 }, { region: eu-north, epoch: 1 }]",
);

const roleText = (role: NatsRole): string =>
  role.kind === "leaf"
    ? `leaf of ${role.hub.address.host}`
    : ["hub", ...role.gateways.map(({ region }) => region)].join(" + ");

const seen = (files: readonly SourceFile[], region: string) => {
  const { domain, role, servers, streams } = componentOf(inputOf(files), region, "messaging/nats-jetstream");
  return { role: roleText(role), servers, domain, streams: streams.map(({ origin }) => origin) };
};

const SUBJECTS = { kind: "subjects", subjects: ["workspaces.>"] };

describe("NATS", () => {
  test.each([
    {
      name: "the region that writes",
      files: PORTARIUM,
      region: "eu-central",
      is: { role: "hub", servers: 3, domain: "eu-central", streams: [SUBJECTS] },
    },
    {
      name: "its standby follows it with a JetStream of its own",
      files: PORTARIUM,
      region: "eu-north",
      is: {
        role: "leaf of nats.eu-central.portarium.example",
        servers: 3,
        domain: "eu-north",
        streams: [{ kind: "copy", domain: "eu-central" }],
      },
    },
    {
      name: "another jurisdiction knows nothing of it",
      files: PORTARIUM,
      region: "us-west",
      is: {
        role: "leaf of nats.us-east.portarium.example",
        servers: 3,
        domain: "us-west",
        streams: [{ kind: "copy", domain: "us-east" }],
      },
    },
    {
      name: "after a failover the standby's copy is the stream, in the same domain",
      files: failedOver,
      region: "eu-north",
      is: { role: "hub", servers: 3, domain: "eu-north", streams: [SUBJECTS] },
    },
    {
      name: "and the old writer copies it",
      files: failedOver,
      region: "eu-central",
      is: {
        role: "leaf of nats.eu-north.portarium.example",
        servers: 3,
        domain: "eu-central",
        streams: [{ kind: "copy", domain: "eu-north" }],
      },
    },
    {
      name: "two writers of one jurisdiction are joined, and share one JetStream",
      files: bothWrite,
      region: "eu-north",
      is: { role: "hub + eu-central", servers: 3, domain: "eu-central", streams: [] },
    },
    {
      name: "the first of them holds the streams",
      files: bothWrite,
      region: "eu-central",
      is: { role: "hub + eu-north", servers: 3, domain: "eu-central", streams: [SUBJECTS] },
    },
    {
      name: "without gateways they stay apart",
      files: edit(bothWrite, "gateways: true", "gateways: false"),
      region: "eu-north",
      is: { role: "hub", servers: 3, domain: "eu-north", streams: [SUBJECTS] },
    },
    {
      name: "without leaf nodes a standby has servers and no copies of streams",
      files: edit(PORTARIUM, "leafNodes: 1", "leafNodes: 0"),
      region: "eu-north",
      is: { role: "hub", servers: 3, domain: "eu-north", streams: [SUBJECTS] },
    },
    {
      name: "a stream that is not mirrored stays in its region",
      files: edit(PORTARIUM, "mirrored: true", "mirrored: false"),
      region: "eu-north",
      is: { role: "leaf of nats.eu-central.portarium.example", servers: 3, domain: "eu-north", streams: [] },
    },
  ])("$name", ({ files, region, is }) => {
    expect(seen(files, region)).toEqual(is);
  });

  test("who runs one cell has no key of another's", () => {
    const input = inputOf();
    const seeds = input.regions.map(({ name }) => componentOf(input, name, "messaging/nats-jetstream").seed);
    expect(seeds.map(({ secret }) => secret)).toEqual([
      "nats-operator-seed-eu",
      "nats-operator-seed-eu",
      "nats-operator-seed-us",
      "nats-operator-seed-us",
    ]);
  });
});

describe("what a collector may tell the central backend", () => {
  const shared = (files: readonly SourceFile[]) => {
    const input = inputOf(files);
    return input.regions.map(
      ({ name }) =>
        `${name}: ${componentOf(input, name, "telemetry/otel-collector").central.shared.join(" ") || "redacted"}`,
    );
  };
  test.each([
    {
      name: "it is in the EU: all of the EU's",
      files: PORTARIUM,
      is: ["eu-central: EU EEA DE", "eu-north: EU EEA", "us-east: redacted", "us-west: redacted"],
    },
    {
      name: "it is in the US: nothing that names a person of the EU",
      files: edit(PORTARIUM, "centralRegion: eu-central", "centralRegion: us-east"),
      is: ["eu-central: redacted", "eu-north: redacted", "us-east: US", "us-west: US"],
    },
    {
      name: "nobody says where it is: nothing that names a person",
      files: edit(PORTARIUM, "      centralRegion: eu-central\n", ""),
      is: ["eu-central: redacted", "eu-north: redacted", "us-east: redacted", "us-west: redacted"],
    },
  ])("$name", ({ files, is }) => {
    expect(shared(files)).toEqual(is);
  });
});
