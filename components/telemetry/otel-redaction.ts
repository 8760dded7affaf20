/**
 * What may be known of a request outside the jurisdictions of the region that served it.
 *
 * Personal data hides in attributes nobody lists: in a URL, a query, the text of an exception. So this is the
 * list of what may leave; a key that is not on it is removed, and a value that looks like an address of a person
 * is masked even under a key that is. Span names stay: the conventions have routes there, never URLs.
 */

/** Keys of OpenTelemetry's semantic conventions that describe software, places and outcomes. */
export const ALLOWED_ATTRIBUTES: readonly string[] = [
  "cloud.provider",
  "cloud.region",
  "container.image.name",
  "container.image.tags",
  "db.collection.name",
  "db.namespace",
  "db.operation.name",
  "db.system.name",
  "deployment.environment.name",
  "error.type",
  "exception.type",
  "http.request.method",
  "http.response.status_code",
  "http.route",
  "k8s.cluster.name",
  "k8s.container.name",
  "k8s.deployment.name",
  "k8s.namespace.name",
  "k8s.node.name",
  "k8s.pod.name",
  "le",
  "meridian.cell",
  "meridian.epoch",
  "meridian.region",
  "messaging.operation.type",
  "messaging.system",
  "network.protocol.name",
  "network.protocol.version",
  "otel.scope.name",
  "otel.scope.version",
  "otel.status_code",
  "quantile",
  "rpc.grpc.status_code",
  "rpc.method",
  "rpc.service",
  "rpc.system",
  "server.port",
  "service.instance.id",
  "service.name",
  "service.namespace",
  "service.version",
  "telemetry.sdk.language",
  "telemetry.sdk.name",
  "telemetry.sdk.version",
];

/** Mail addresses, IPv4 and IPv6 addresses, bearer tokens: RE2, as the collector reads them. */
const BLOCKED_VALUES = [
  "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}",
  "(?:[0-9]{1,3}\\.){3}[0-9]{1,3}",
  "(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{0,4}",
  "eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+",
] as const;

/** The `redaction` processor; it says nothing of what it removed, for that would be a trace of it. */
export const redactionProcessor = () => ({
  allow_all_keys: false,
  allowed_keys: [...ALLOWED_ATTRIBUTES],
  blocked_values: [...BLOCKED_VALUES],
  summary: "silent",
});

/**
 * What no attribute list reaches: the text of a log record and of a span's status, and the events of a span
 * (exceptions carry whatever was thrown).
 */
export const redactionStatements = () => ({
  error_mode: "propagate",
  trace_statements: [
    { context: "span", statements: ['set(status.message, "")'] },
    { context: "spanevent", statements: ['keep_keys(attributes, ["exception.type"])'] },
  ],
  log_statements: [{ context: "log", statements: ['set(body, "")'] }],
});
