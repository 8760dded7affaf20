/** Names of what belongs to NATS in one region. */
export const NATS_CHART = {
  chart: "nats",
  version: "1.3.7",
  repository: "https://nats-io.github.io/k8s/helm/charts/",
} as const;

/** NACK: the controller of Stream, Consumer and Account. */
export const NACK_CHART = { chart: "nack", version: "0.36.0", repository: NATS_CHART.repository } as const;

/** The `nats` command. */
export const NATS_TOOLS_IMAGE = "natsio/nats-box:0.18.0";

export const NATS_RELEASE = "nats";
export const NATS_CERTIFICATE = "nats-tls";
/** Credentials of the system account, which accounts are pushed with. */
export const SYSTEM_SECRET = "nats-system";
/** Credentials of the platform's account. */
export const PLATFORM_SECRET = "nats-platform";
/** JetStream's encryption key. */
export const STORAGE_SECRET = "nats-storage";
/** The Account that NACK makes streams in. */
export const PLATFORM_ACCOUNT = "platform";
/** Key of every Secret with credentials. */
export const CREDENTIALS = "nats.creds";

export const CLIENT_PORT = 4222;
export const LEAF_PORT = 7422;
export const GATEWAY_PORT = 7222;

export const natsUrl = (namespace: string): string =>
  `tls://${NATS_RELEASE}.${namespace}.svc:${String(CLIENT_PORT)}`;
