import { DnsRecord } from "@pulumi/cloudflare/dnsRecord";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { CloudflareDnsSpec, DnsRecordSpec } from "../../automation/fleet/specs/cloudflare";
import type { CloudflareSetting } from "./account";

/** Proxied records have Cloudflare's automatic TTL, which the API writes as 1. */
const AUTOMATIC_TTL = 1;

/** Names of regional services, for example `pg-europe.openova.io`. */
export class CloudflareDns extends ComponentResource {
  constructor(
    spec: CloudflareDnsSpec,
    { platform, zoneId }: CloudflareSetting,
    opts?: ComponentResourceOptions,
  ) {
    super("meridian:cloudflare:Dns", spec.name, {}, opts);
    for (const record of spec.records) {
      const { name, type, content, proxied, ttl, comment = `${platform}, by meridian` } = record;
      new DnsRecord(
        `${spec.name}-${recordKey(record)}`,
        { zoneId, name, type, content, proxied, ttl: proxied ? AUTOMATIC_TTL : ttl, comment },
        { parent: this },
      );
    }
    this.registerOutputs({ names: [...new Set(spec.records.map(({ name }) => name))] });
  }
}

/** The content belongs to the key: several addresses share one name, and none moves when another goes. */
const recordKey = ({ name, type, content }: DnsRecordSpec): string =>
  `${name}-${type.toLowerCase()}-${content}`;
