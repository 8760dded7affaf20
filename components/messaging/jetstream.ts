/** Custom resources of NACK, as their definitions have them. */
import type { MessagingNatsSpec, NatsStream } from "../../automation/fleet/specs/kubernetes/nats";
import { CREDENTIALS, NATS_CERTIFICATE, natsUrl, PLATFORM_ACCOUNT, PLATFORM_SECRET } from "./nats-names";

/** Streams have as many copies as JetStream allows, and never more than there are servers. */
const MOST_REPLICAS = 5;

/** The `spec` of the Account that streams are made in. */
export const accountSpec = ({ namespace }: MessagingNatsSpec) => ({
  name: PLATFORM_ACCOUNT,
  servers: [natsUrl(namespace)],
  creds: { secret: { name: PLATFORM_SECRET }, file: CREDENTIALS },
  tls: { secret: { name: NATS_CERTIFICATE }, ca: "ca.crt", cert: "tls.crt", key: "tls.key" },
});

/** A source, not a mirror: a mirror stays read-only, while this becomes the stream itself by one edit. */
function originOf({ name, origin }: NatsStream) {
  return origin.kind === "subjects"
    ? { subjects: [...origin.subjects] }
    : { sources: [{ name, externalApiPrefix: `$JS.${origin.domain}.API` }] };
}

/** The `spec` of a Stream: on disk, on several servers, and never deleted with the object that names it. */
export const streamSpec = ({ deletion, domain, servers }: MessagingNatsSpec, stream: NatsStream) => ({
  name: stream.name,
  account: PLATFORM_ACCOUNT,
  jsDomain: domain,
  ...originOf(stream),
  storage: "file",
  retention: "limits",
  discard: "old",
  compression: "s2",
  replicas: Math.min(servers, MOST_REPLICAS),
  duplicateWindow: "2m",
  allowDirect: true,
  preventDelete: deletion === "protected",
});
