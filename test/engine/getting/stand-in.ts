import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with executables: shell scripts by name. */
export class StandIns {
  readonly root = mkdtempSync(join(tmpdir(), "meridian getting's "));

  /** A folder of the given scripts. */
  folder(name: string, scripts: Readonly<Record<string, string>>): string {
    const folder = join(this.root, name);
    mkdirSync(folder, { recursive: true });
    for (const [file, body] of Object.entries(scripts)) {
      writeFileSync(join(folder, file), `#!/bin/sh\n${body}\n`);
      chmodSync(join(folder, file), 0o755);
    }
    return folder;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Says a version, as the CLI does. */
export const sayingVersion = (version: string): string => `[ "$1" = version ] && echo "${version}"`;

/**
 * Stands in for Go: lists two packages, then "builds" a CLI that says a version; counts its builds in a
 * file. It uses nothing but what a shell has built in, and one program by its full path.
 */
export const standInGo = (version: string, log: string): string => `
[ "$GOFLAGS" = -mod=mod ] || exit 9
if [ "$1" = list ]; then echo "go: downloading example.test/module v1.0.0" >&2; echo one; echo two; exit 0; fi
while [ "$1" != -o ]; do shift; done
echo one >&2
printf '#!/bin/sh\\necho v${version}\\n' > "$2"
/bin/chmod +x "$2"
echo built >> '${log.replaceAll("'", "'\\''")}'`;
