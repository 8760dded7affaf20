/**
 * A Job that brings something outside Kubernetes to what a spec says, and may run again at any time.
 *
 * A changed script or table is a new pod template, which Pulumi replaces the Job for: so it runs again.
 */
import type { Input } from "@pulumi/pulumi";

export interface RunOnce {
  readonly image: string;
  /** For `sh -eu`. */
  readonly script: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, Input<string>>>;
  /** Secrets by the path they are mounted at. */
  readonly secrets?: Readonly<Record<string, string>>;
}

const volumeOf = (secretName: string) => ({ name: secretName, secret: { secretName, defaultMode: 0o440 } });

/** The `spec` of its Job: tries for about an hour, as nobody, with nothing to write to but /tmp. */
export function runOnceSpec({ image, script, labels, variables = {}, secrets = {} }: RunOnce) {
  const mounts = Object.entries(secrets).map(([mountPath, name]) => ({ name, mountPath, readOnly: true }));
  return {
    backoffLimit: 12,
    template: {
      metadata: { labels: { ...labels } },
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65_534,
          fsGroup: 65_534,
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
          {
            name: "run",
            image,
            command: ["/bin/sh", "-eu", "-c", script],
            env: [
              { name: "HOME", value: "/tmp" },
              ...Object.entries(variables).map(([name, value]) => ({ name, value })),
            ],
            volumeMounts: [...mounts, { name: "tmp", mountPath: "/tmp" }],
            resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
        volumes: [...Object.values(secrets).map(volumeOf), { name: "tmp", emptyDir: {} }],
      },
    },
  };
}
