/** Names of regions and channels that a platform writes down, each checked where it stands. */
import type { PlatformManifest } from "../schema/manifest";
import { didYouMean, useOneOf } from "./did-you-mean";
import type { ManifestPath } from "../diagnostics/manifest-path";
import type { PlatformScope, Problem } from "./problem";

type PlatformSpec = PlatformManifest["spec"];

interface Reference {
  readonly name: string;
  readonly path: ManifestPath;
}

const list = (names: readonly string[], path: ManifestPath): readonly Reference[] =>
  names.map((name, index) => ({ name, path: [...path, index] }));

const maybe = (name: string | undefined, path: ManifestPath): readonly Reference[] =>
  name === undefined ? [] : [{ name, path }];

const keys = (record: Readonly<Record<string, unknown>>, path: ManifestPath): readonly Reference[] =>
  Object.keys(record).map((name) => ({ name, path: [...path, name] }));

function cellReferences(cells: PlatformSpec["cells"]): readonly Reference[] {
  return (cells ?? []).flatMap((cell, index) => {
    const path = ["spec", "cells", index];
    return [
      ...cell.writers.map(({ region }, writer) => ({
        name: region,
        path: [...path, "writers", writer, "region"],
      })),
      ...list(cell.standbys, [...path, "standbys"]),
      ...list(cell.readers, [...path, "readers"]),
    ];
  });
}

function databaseReferences({ postgres, mongodb }: PlatformSpec["services"]): readonly Reference[] {
  const path = ["spec", "services", "postgres"];
  return [
    ...(postgres === undefined ? [] : list(postgres.backup.copyTo, [...path, "backup", "copyTo"])),
    ...(postgres?.engine === "pglogical" ? keys(postgres.hosts, [...path, "hosts"]) : []),
    ...(mongodb?.members ?? []).map(({ region }, index) => ({
      name: region,
      path: ["spec", "services", "mongodb", "members", index, "region"],
    })),
  ];
}

function serviceReferences(services: PlatformSpec["services"]): readonly Reference[] {
  const { redis, objectStore, gateway, telemetry } = services;
  const at = (service: string, ...rest: readonly (string | number)[]) => [
    "spec",
    "services",
    service,
    ...rest,
  ];
  return [
    ...databaseReferences(services),
    ...(redis?.engine === "enterprise" ? keys(redis.hosts, at("redis", "hosts")) : []),
    ...(objectStore?.engine === "s3"
      ? objectStore.buckets.flatMap((bucket, index) =>
          list(bucket.replicateTo, at("objectStore", "buckets", index, "replicateTo")),
        )
      : []),
    ...(gateway === undefined ? [] : keys(gateway.endpoints, at("gateway", "endpoints"))),
    ...(telemetry?.engine === "otel-collector"
      ? maybe(telemetry.centralRegion, at("telemetry", "centralRegion"))
      : []),
  ];
}

function trafficReferences(traffic: PlatformSpec["traffic"]): readonly Reference[] {
  if (traffic?.engine === "cloudflare-load-balancer")
    return maybe(traffic.fallback, ["spec", "traffic", "fallback"]);
  if (traffic?.engine !== "router") return [];
  return traffic.rules.map(({ region }, index) => ({
    name: region,
    path: ["spec", "traffic", "rules", index, "region"],
  }));
}

function regionReferences(spec: PlatformSpec): readonly Reference[] {
  return [
    ...maybe(spec.primary?.region, ["spec", "primary", "region"]),
    ...maybe(spec.standby, ["spec", "standby"]),
    ...cellReferences(spec.cells),
    ...serviceReferences(spec.services),
    ...trafficReferences(spec.traffic),
    ...spec.rollout.waves.flatMap((wave, index) => list(wave, ["spec", "rollout", "waves", index])),
    ...maybe(spec.failover.witness.region, ["spec", "failover", "witness", "region"]),
    ...spec.budget.lines.flatMap(({ region }, index) =>
      maybe(region, ["spec", "budget", "lines", index, "region"]),
    ),
    ...spec.alerts.channels.flatMap(({ regions }, index) =>
      list(regions, ["spec", "alerts", "channels", index, "regions"]),
    ),
  ];
}

function channelReferences(spec: PlatformSpec): readonly Reference[] {
  const { postgres, redis } = spec.services;
  const at = (service: string) => ["spec", "services", service, "alerts", "channels"];
  return [
    ...list(spec.failover.notify, ["spec", "failover", "notify"]),
    ...list(postgres?.alerts?.channels ?? [], at("postgres")),
    ...(redis?.engine === "enterprise" ? list(redis.alerts.channels, at("redis")) : []),
  ];
}

/** Names of regions that are not among the platform's. */
export function unknownRegions({ platform: { origin, manifest } }: PlatformScope): readonly Problem[] {
  const { name } = manifest.metadata;
  const { regions } = manifest.spec;
  return regionReferences(manifest.spec)
    .filter((reference) => !regions.includes(reference.name))
    .map((reference) => ({
      code: reference.path[1] === "primary" ? ("MRD2107" as const) : ("MRD2103" as const),
      severity: "error" as const,
      message: `"${reference.name}" is not a region of platform "${name}"`,
      ...didYouMean(reference.name, regions),
      fix: useOneOf(regions) ?? "list a region under spec.regions",
      origin,
      path: reference.path,
    }));
}

/** Alert channels that nobody defined. */
export function unknownChannels({ platform: { origin, manifest } }: PlatformScope): readonly Problem[] {
  const known = manifest.spec.alerts.channels.map((channel) => channel.name);
  return channelReferences(manifest.spec)
    .filter((reference) => !known.includes(reference.name))
    .map((reference) => ({
      code: "MRD2117" as const,
      severity: "error" as const,
      message: `alert channel "${reference.name}" is not defined`,
      ...didYouMean(reference.name, known),
      fix: [useOneOf(known), "define it under spec.alerts.channels"].filter(Boolean).join(", or "),
      origin,
      path: reference.path,
    }));
}
