/**
 * What an instance does when it starts, as cloud-init runs it. No secret and no address is in it: an instance
 * reads its settings every few seconds and its secrets when the application starts.
 */
import type { InstancesSpec } from "../../automation/fleet/specs/aws/instances";

/** Seconds between two looks at the settings: what a failover waits for at most. */
const LOOK_EVERY = 10;

/** Writes the settings as an environment file, and says by its exit code whether they changed. */
export const settingsScript = (path: string, location: string): string => `#!/bin/bash
# Exits 0 when the settings changed, 1 when they did not, 2 when they cannot be read: the last ones stay then.
set -uo pipefail
file="\${SETTINGS_FILE:-/etc/meridian/settings.env}"
umask 077
next="$(mktemp "$file.XXXXXX")" || exit 2
trap 'rm -f "$next"' EXIT
aws ssm get-parameters-by-path --region ${location} --path ${path} \\
  --query 'Parameters[].[Name,Value]' --output text | sort |
  while IFS=$'\\t' read -r name value; do printf '%s=%s\\n' "\${name##*/}" "$value"; done >"$next" || exit 2
[ -s "$next" ] || exit 2
cmp -s "$next" "$file" && exit 1
mv -f "$next" "$file"
`;

const runScript = ({ location, port, image }: InstancesSpec): string => `#!/bin/bash
set -euo pipefail
account="$(aws sts get-caller-identity --query Account --output text)"
registry="$account.dkr.ecr.${location}.amazonaws.com"
aws ecr get-login-password --region ${location} | docker login --username AWS --password-stdin "$registry" >/dev/null
docker pull --quiet "$registry/${image}" >/dev/null
export DATABASE_LOGIN REDIS_LOGIN
DATABASE_LOGIN="$([ -z "\${DATABASE_SECRET:-}" ] || aws secretsmanager get-secret-value --region ${location} --secret-id "$DATABASE_SECRET" --query SecretString --output text)"
REDIS_LOGIN="$([ -z "\${REDIS_SECRET:-}" ] || aws secretsmanager get-secret-value --region ${location} --secret-id "$REDIS_SECRET" --query SecretString --output text)"
exec docker run --rm --name app --network host --read-only --tmpfs /tmp --cap-drop ALL \\
  --security-opt no-new-privileges --env-file /etc/meridian/settings.env \\
  --env DATABASE_LOGIN --env REDIS_LOGIN --env PORT=${String(port)} "$registry/${image}"
`;

const appUnit = `[Unit]
Description=The application
After=docker.service network-online.target
Requires=docker.service
[Service]
EnvironmentFile=/etc/meridian/settings.env
ExecStart=/usr/local/bin/meridian-run
ExecStop=/usr/bin/docker stop --time 30 app
Restart=always
RestartSec=2
[Install]
WantedBy=multi-user.target
`;

const settingsUnit = `[Unit]
Description=Settings of the application
[Service]
Type=oneshot
ExecStart=/bin/bash -c '/usr/local/bin/meridian-settings && systemctl restart meridian-app || true'
`;

const settingsTimer = `[Unit]
Description=Settings of the application, looked at again
[Timer]
OnBootSec=${String(LOOK_EVERY)}
OnUnitActiveSec=${String(LOOK_EVERY)}
AccuracySec=1
[Install]
WantedBy=timers.target
`;

const file = (path: string, mode: string, text: string): string =>
  `install -D -m ${mode} /dev/stdin ${path} <<'MERIDIAN'\n${text}MERIDIAN\n`;

/** User data of an instance. */
export const instanceBoot = (spec: InstancesSpec, path: string): string => `#!/bin/bash
set -euo pipefail
dnf install --assumeyes docker
${file("/usr/local/bin/meridian-settings", "0755", settingsScript(path, spec.location))}${file("/usr/local/bin/meridian-run", "0755", runScript(spec))}${file("/etc/systemd/system/meridian-app.service", "0644", appUnit)}${file("/etc/systemd/system/meridian-settings.service", "0644", settingsUnit)}${file("/etc/systemd/system/meridian-settings.timer", "0644", settingsTimer)}mkdir -p /etc/meridian
until /usr/local/bin/meridian-settings; do [ $? -eq 1 ] && break; sleep 2; done
systemctl daemon-reload
systemctl enable --now docker meridian-settings.timer meridian-app
`;
