/**
 * Verifies the evidence of one bucket: a program of its own, run by a CronJob beside the tenant.
 *
 * One JSON line a chain on stdout. Exit 0: every chain is whole; 1: a chain is broken; 2: it could not be read.
 */
import { type ChainReport, type Evidence, verifyChains } from "./chain";
import { byKey } from "./listing";
import { listVersions, readVersion, type S3Access } from "./s3";

/** What was found in all chains together. */
export interface Verdict {
  readonly chains: number;
  readonly objects: number;
  readonly breaks: number;
}

/** Every key with the hash of what was first written there. */
export async function* evidenceIn(access: S3Access): AsyncGenerator<Evidence> {
  for await (const { key, versions, deleted } of byKey(listVersions(access))) {
    const first = versions.at(-1);
    if (first === undefined) continue; // a delete marker of something that never was
    const { sha256, metadata } = await readVersion(access, key, first);
    const { sha256: claimed, previous } = metadata;
    yield {
      key,
      sha256,
      ...(claimed === undefined ? {} : { claimed }),
      ...(previous === undefined ? {} : { previous }),
      versions: versions.length,
      deleted,
    };
  }
}

/** Verifies every chain, telling of each as it ends. */
export async function verifyBucket(access: S3Access, tell: (report: ChainReport) => void): Promise<Verdict> {
  let verdict: Verdict = { chains: 0, objects: 0, breaks: 0 };
  for await (const report of verifyChains(evidenceIn(access))) {
    tell(report);
    verdict = {
      chains: verdict.chains + 1,
      objects: verdict.objects + report.length,
      breaks: verdict.breaks + report.breaks.length,
    };
  }
  return verdict;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs with what the CronJob sets; resolves to the exit code. */
export async function main(env: Environment, print: (line: string) => void): Promise<number> {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = env;
  const access: S3Access = {
    endpoint: S3_ENDPOINT ?? "",
    bucket: S3_BUCKET ?? "",
    region: S3_REGION ?? "us-east-1",
    accessKeyId: AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "",
  };
  try {
    const verdict = await verifyBucket(access, (report) => {
      print(JSON.stringify(report));
    });
    print(JSON.stringify({ bucket: access.bucket, ...verdict }));
    return verdict.breaks === 0 ? 0 : 1;
  } catch (error) {
    print(
      JSON.stringify({
        bucket: access.bucket,
        error: error instanceof Error ? error.message : String(error),
      }),
    );
    return 2;
  }
}

if (require.main === module) {
  void main(process.env, (line) => process.stdout.write(`${line}\n`)).then((code) => {
    process.exitCode = code;
  });
}
