/**
 * The collector fleet of one region, by the OpenTelemetry operator.
 *
 * What the defaults promise: one collector goes on while another is replaced, nothing accepted is lost while a
 * backend is away, every connection encrypted, and nothing that names a person in a backend outside the
 * region's jurisdictions.
 */
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type { TelemetryOtelSpec } from "../../automation/fleet/specs/kubernetes/otel";
import { authority, certificate, type AuthorityPlace } from "../kubernetes/authority";
import { customObject } from "../kubernetes/custom-object";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { collectorConfig, QUEUE_PATH, TLS_PATH } from "./otel-config";

/** The distribution with the queue on disk and the redaction. */
const IMAGE = "otel/opentelemetry-collector-contrib:0.128.0";
const COLLECTOR = "otel";
const CERTIFICATE = "otel-tls";
/** The operator's name for the Service in front of the collectors. */
const SERVICE = `${COLLECTOR}-collector`;

export class TelemetryOtel extends ComponentResource {
  /** What sends to it waits for these. */
  readonly ready: readonly Resource[];

  constructor(spec: TelemetryOtelSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:telemetry:OtelCollector", spec.name, {}, opts);
    const { name, namespace } = spec;
    const labels = labelsOf(setting, "otel-collector");
    const place: AuthorityPlace = { name, namespace, labels, parent: this };
    const issuer = authority(spec.authority, place, setting.context);
    const services = [`${SERVICE}.${namespace}.svc`, SERVICE];
    const tls = certificate(CERTIFICATE, services, place, issuer);
    const object = {
      apiVersion: "opentelemetry.io/v1beta1",
      kind: "OpenTelemetryCollector",
      metadata: { name: COLLECTOR, namespace, labels },
      spec: collectorSpec(spec),
    };
    this.ready = [customObject(`${name}-collectors`, object, { parent: this, dependsOn: [tls] })];
    this.registerOutputs({ service: `${SERVICE}.${namespace}.svc` });
  }
}

/** A StatefulSet, so that a collector that comes back finds the queue it left. */
const collectorSpec = (spec: TelemetryOtelSpec) => ({
  mode: "statefulset",
  image: IMAGE,
  replicas: spec.replicas,
  config: collectorConfig(spec),
  podDisruptionBudget: { maxUnavailable: 1 },
  resources: { requests: { cpu: "200m", memory: "512Mi" }, limits: { memory: "1Gi" } },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ["ALL"] },
  },
  podSecurityContext: {
    runAsNonRoot: true,
    runAsUser: 10_001,
    fsGroup: 10_001,
    seccompProfile: { type: "RuntimeDefault" },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { "app.kubernetes.io/instance": `${spec.namespace}.${COLLECTOR}` } },
    },
  ],
  volumes: [{ name: "tls", secret: { secretName: CERTIFICATE } }],
  volumeMounts: [
    { name: "tls", mountPath: TLS_PATH, readOnly: true },
    { name: "queue", mountPath: QUEUE_PATH },
  ],
  volumeClaimTemplates: [
    {
      metadata: { name: "queue" },
      spec: {
        accessModes: ["ReadWriteOnce"],
        ...(spec.queue.storageClass === undefined ? {} : { storageClassName: spec.queue.storageClass }),
        resources: { requests: { storage: spec.queue.size } },
      },
    },
  ],
  persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
});
