/**
 * What MinIO cannot be told by its Tenant: locks, lifecycles, users and sites, as scripts for its client.
 *
 * Each line says what has to be, not what to change, so a script may run again at any time. Inside one the
 * region's own tenant is `self`; the other sites have their regions' names.
 */
import type { MinioBucket, MinioReplication, MinioUser } from "../../automation/fleet/specs/kubernetes/minio";
import { alias, variable } from "./minio-names";

const waitFor = (name: string): string => `until mc ready ${name} >/dev/null 2>&1; do sleep 5; done`;
/** Every file of /access is a variable: how mc knows the sites, and the keys of the users. */
const BEGIN = [
  "mkdir -p /tmp/.mc/certs/CAs",
  "cat /tls/ca.crt > /tmp/.mc/certs/CAs/ca.crt",
  'for file in /access/*; do export "${file##*/}=$(cat "$file")"; done',
  waitFor("self"),
];

/** A bucket with a lock has versions from the start; one without cannot get it later, and this then fails. */
function bucketLines({ name, versioning, lockDays, expireReplacedDays }: MinioBucket): readonly string[] {
  const bucket = `self/${name}`;
  return [
    `mc mb --ignore-existing${lockDays === undefined ? "" : " --with-lock"} ${bucket}`,
    ...(versioning ? [`mc version enable ${bucket}`] : []),
    ...(lockDays === undefined
      ? []
      : [`mc retention set --default COMPLIANCE ${String(lockDays)}d ${bucket}`]),
    `mc ilm import ${bucket} <<'END'\n${JSON.stringify(lifecycleOf(expireReplacedDays))}\nEND`,
  ];
}

/** Parts of broken uploads, delete markers of nothing, and replaced versions after their time. */
function lifecycleOf(expireReplacedDays: number | undefined) {
  return {
    Rules: [
      {
        ID: "leftovers",
        Status: "Enabled",
        Filter: { Prefix: "" },
        Expiration: { ExpiredObjectDeleteMarker: true },
        ...(expireReplacedDays === undefined
          ? {}
          : { NoncurrentVersionExpiration: { NoncurrentDays: expireReplacedDays } }),
      },
    ],
  };
}

const READS = ["s3:GetObject", "s3:GetObjectVersion"];
const LISTS = ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketLocation", "s3:GetBucketVersioning"];
const WRITES = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];

const policyOf = ({ bucket, access }: MinioUser) => ({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Action: LISTS, Resource: [`arn:aws:s3:::${bucket}`] },
    {
      Effect: "Allow",
      Action: access === "write" ? [...READS, ...WRITES] : READS,
      Resource: [`arn:aws:s3:::${bucket}/*`],
    },
  ],
});

function userLines(user: MinioUser): readonly string[] {
  const key = `"$${variable(user.name)}_ACCESS_KEY_ID"`;
  return [
    `cat > /tmp/policy.json <<'END'\n${JSON.stringify(policyOf(user))}\nEND`,
    `mc admin policy create self ${user.name} /tmp/policy.json`,
    `mc admin user add self ${key} "$${variable(user.name)}_SECRET_ACCESS_KEY"`,
    // Attaching what is attached is an error: look first.
    `case "$(mc admin policy entities self --user ${key} --json | tr -d ' \\n')" in`,
    `  *'"${user.name}"'*) ;;`,
    `  *) mc admin policy attach self ${user.name} --user ${key} ;;`,
    "esac",
  ];
}

/** Buckets and users of the site that replication begins with, or of a tenant alone. */
export const provisioningScript = (buckets: readonly MinioBucket[], users: readonly MinioUser[]): string =>
  [...BEGIN, ...buckets.flatMap(bucketLines), ...users.flatMap(userLines), ""].join("\n");

/** Joins `region` to the first site, unless it has joined already. */
export function replicationScript({ sites }: MinioReplication, region: string): string {
  const self = sites.find((site) => site.region === region);
  const names = sites.map((site) => alias(site.region));
  const [first = ""] = names;
  return [
    ...BEGIN,
    ...names.map(waitFor),
    `known() { mc admin replicate info ${first} --json | tr -d ' \\n'; }`,
    `joined() { case "$(known)" in *'"endpoint":"${self?.endpoint ?? ""}"'*) return 0 ;; *) return 1 ;; esac; }`,
    `if joined; then echo "${region} is part of the sites already"; exit 0; fi`,
    // A site that is to join must be empty, or MinIO refuses; nothing is deleted here to make it so.
    `mc admin replicate add ${[...new Set([first, ...names.filter((name) => name === alias(region))])].join(" ")} --replicate-ilm-expiry`,
    "joined",
    "",
  ].join("\n");
}
