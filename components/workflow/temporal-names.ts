/** Names of what belongs to Temporal in one region, and how its tools are called. */
export const CHART = {
  chart: "temporal",
  version: "1.6.0",
  repository: "https://go.temporal.io/helm-charts",
} as const;

/** Of the `temporal` command; it talks to any server of its time. */
export const TOOLS_IMAGE = "temporalio/admin-tools:1.29.1-tctl-1.18.4-cli-1.5.0";

/** Of the Helm release, so that its frontend is `temporal-frontend`. */
export const RELEASE = "temporal";
export const FRONTEND = `${RELEASE}-frontend`;
export const FRONTEND_PORT = 7233;

export const FRONTEND_CERTIFICATE = "temporal-frontend-tls";
export const INTERNODE_CERTIFICATE = "temporal-internode-tls";

/** Where a Job finds the client certificate. */
export const CLIENT_PATH = "/etc/temporal/frontend";

/**
 * The command as every Job of Temporal calls it, waiting for a frontend that has only just been started. By
 * flags, for the variables of the command changed their names between its versions.
 */
export const temporalCommand = (namespace: string): string =>
  [
    "t() {",
    '  temporal "$@" \\',
    `    --address ${FRONTEND}.${namespace}.svc:${String(FRONTEND_PORT)} --tls-server-name ${FRONTEND} \\`,
    `    --tls-ca-path ${CLIENT_PATH}/ca.crt --tls-cert-path ${CLIENT_PATH}/tls.crt --tls-key-path ${CLIENT_PATH}/tls.key`,
    "}",
    "until t operator cluster health >/dev/null 2>&1; do sleep 2; done",
  ].join("\n");
