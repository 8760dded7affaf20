/** The configuration of the collectors of one region. */
import type { Signal, TelemetryOtelSpec } from "../../automation/fleet/specs/kubernetes/otel";
import type { HostPort } from "../../automation/fleet/specs/kubernetes/quantities";
import { redactionProcessor, redactionStatements } from "./otel-redaction";

export const TLS_PATH = "/etc/otel/tls";
export const QUEUE_PATH = "/var/lib/otel/queue";
export const GRPC_PORT = 4317;
export const HTTP_PORT = 4318;
const HEALTH_PORT = 13_133;

const pair = () => ({ cert_file: `${TLS_PATH}/tls.crt`, key_file: `${TLS_PATH}/tls.key` });

/** Kept on disk until it is sent: a backend that is away for a while costs nothing but disk. */
const exporter = ({ host, port }: HostPort) => ({
  endpoint: `${host}:${String(port)}`,
  compression: "gzip",
  tls: { ...pair(), ca_file: `${TLS_PATH}/ca.crt`, min_version: "1.2" },
  retry_on_failure: { enabled: true, initial_interval: "5s", max_interval: "30s", max_elapsed_time: "0s" },
  sending_queue: { enabled: true, storage: "file_storage/queue", num_consumers: 4, queue_size: 10_000 },
});

/** One pipeline a backend, so that one that fails holds up nothing of the other. */
function pipelines(signals: readonly Signal[], redacted: boolean) {
  const pipeline = (backend: string, processors: readonly string[]) => ({
    receivers: ["otlp"],
    processors: ["memory_limiter", "resource", ...processors, "batch"],
    exporters: [`otlp/${backend}`],
  });
  const redaction = redacted ? ["redaction", "transform/redaction"] : [];
  return Object.fromEntries(
    signals.flatMap((signal) => [
      [`${signal}/regional`, pipeline("regional", [])],
      [`${signal}/central`, pipeline("central", signal === "metrics" ? redaction.slice(0, 1) : redaction)],
    ]),
  );
}

const receiver = (port: number) => ({ endpoint: `0.0.0.0:${String(port)}`, tls: pair() });

/** The `config` of the OpenTelemetryCollector. */
export function collectorConfig({ central, region, regional, signals }: TelemetryOtelSpec) {
  const redacted = central.shared.length === 0;
  return {
    receivers: { otlp: { protocols: { grpc: receiver(GRPC_PORT), http: receiver(HTTP_PORT) } } },
    processors: {
      memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 20 },
      resource: { attributes: [{ key: "meridian.region", value: region, action: "upsert" }] },
      batch: { send_batch_size: 8192, timeout: "5s" },
      ...(redacted ? { redaction: redactionProcessor(), "transform/redaction": redactionStatements() } : {}),
    },
    exporters: { "otlp/regional": exporter(regional), "otlp/central": exporter(central) },
    extensions: {
      health_check: { endpoint: `0.0.0.0:${String(HEALTH_PORT)}` },
      "file_storage/queue": { directory: QUEUE_PATH, create_directory: true, fsync: true },
    },
    service: {
      extensions: ["health_check", "file_storage/queue"],
      pipelines: pipelines(signals, redacted),
    },
  };
}
