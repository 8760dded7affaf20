/** Migrations of a region: a Job a phase, each after the one before, as far as the platform has come. */
import { Job } from "@pulumi/kubernetes/batch/v1/job";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap";
import { Secret } from "@pulumi/kubernetes/core/v1/secret";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import type {
  MigrationPhase,
  MigrationsSpec,
  MigrationTarget,
} from "../../automation/fleet/specs/kubernetes/migrations";
import { runOnceSpec } from "../kubernetes/run-once";
import { labelsOf, type KubernetesSetting } from "../kubernetes/setting";
import { REFUSED, RUNNER } from "./runner";

const PHASES: readonly MigrationPhase[] = ["expand", "migrate", "contract"];
const WRITER = "migrations-writer";
const PROGRAM = "migrations-runner";

export class ExpandContractMigrations extends ComponentResource {
  /** Applications wait for these. */
  readonly ready: readonly Resource[];

  constructor(spec: MigrationsSpec, setting: KubernetesSetting, opts?: ComponentResourceOptions) {
    super("meridian:migrations:ExpandContract", spec.name, {}, opts);
    const labels = labelsOf(setting, "migrations");
    const metadata = (name: string) => ({ name, namespace: spec.namespace, labels: { ...labels } });
    const { secret } = setting.context;
    const login = { username: spec.writer.username, password: secret(spec.writer.password) };
    const inputs: readonly Resource[] = [
      new ConfigMap(
        `${spec.name}-runner`,
        { metadata: metadata(PROGRAM), data: { "run.sh": RUNNER } },
        { parent: this },
      ),
      new Secret(
        `${spec.name}-writer`,
        { metadata: metadata(WRITER), type: "kubernetes.io/basic-auth", stringData: login },
        { parent: this },
      ),
    ];
    const jobs: Job[] = [];
    for (const phase of phasesOf(spec)) {
      const job = new Job(
        `${spec.name}-${phase}`,
        { metadata: metadata(`migrations-${phase}`), spec: jobSpec(spec, phase, labels) },
        { parent: this, dependsOn: [...inputs, ...jobs], customTimeouts: { create: "60m" } },
      );
      jobs.push(job);
    }
    this.ready = jobs;
    this.registerOutputs({ version: spec.version, upTo: spec.upTo });
  }
}

/** Phases up to the last one; a region of copies alone migrates no rows. */
const phasesOf = ({ upTo, targets }: MigrationsSpec): readonly MigrationPhase[] =>
  PHASES.slice(0, PHASES.indexOf(upTo) + 1).filter(
    (phase) => phase !== "migrate" || targets.some(({ copy }) => !copy),
  );

/** A new column has to be in a copy before the writer fills it; one that goes, goes from the writer first. */
const targetsIn = (phase: MigrationPhase, targets: readonly MigrationTarget[]): readonly MigrationTarget[] =>
  phase === "contract" ? [...targets].reverse() : targets;

const targetLine = ({ cluster, host, copy, subscription }: MigrationTarget): string =>
  [cluster, host, copy ? "copy" : "writer", subscription ?? ""].join(" ").trimEnd();

function jobSpec(spec: MigrationsSpec, phase: MigrationPhase, labels: Readonly<Record<string, string>>) {
  const { database, image, lockTimeoutSeconds, owner, postgresVersion, targets, version, writer } = spec;
  const logins = targets.map(({ cluster, login }) => [`/logins/${cluster}`, login] as const);
  const job = runOnceSpec({
    image: `ghcr.io/cloudnative-pg/postgresql:${postgresVersion}`,
    script: "exec sh /runner/run.sh",
    labels,
    variables: {
      MERIDIAN_PHASE: phase,
      MERIDIAN_VERSION: String(version),
      MERIDIAN_LOCK_TIMEOUT: String(lockTimeoutSeconds),
      MERIDIAN_OWNER: owner,
      PGDATABASE: database,
      PGSSLMODE: "require",
      WRITER_HOST: writer.host,
      TARGETS: targetsIn(phase, targets).map(targetLine).join("\n"),
    },
    secrets: { "/logins/writer": WRITER, ...Object.fromEntries(logins) },
  });
  return {
    ...job,
    podFailurePolicy: { rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [REFUSED] } }] },
    template: { ...job.template, spec: withFiles(job.template.spec, image) },
  };
}

/** The files come from the image of the version; psql from PostgreSQL's own. */
function withFiles(pod: ReturnType<typeof runOnceSpec>["template"]["spec"], image: string) {
  const files = { name: "files", mountPath: "/migrations" };
  const copied = { name: "files", mountPath: "/copied" };
  return {
    ...pod,
    initContainers: pod.containers.map(({ securityContext, resources }) => ({
      name: "files",
      image,
      command: ["cp", "-r", "/migrations/.", "/copied/"],
      volumeMounts: [copied],
      resources,
      securityContext,
    })),
    containers: pod.containers.map((container) => ({
      ...container,
      volumeMounts: [
        ...container.volumeMounts,
        { ...files, readOnly: true },
        { name: "runner", mountPath: "/runner", readOnly: true },
      ],
    })),
    volumes: [
      ...pod.volumes,
      { name: "files", emptyDir: {} },
      { name: "runner", configMap: { name: PROGRAM } },
    ],
  };
}
