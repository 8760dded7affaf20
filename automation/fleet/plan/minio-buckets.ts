import type { WorkspaceManifest } from "../../manifest/schema/manifest";
import type { WorkspaceBucketsSpec } from "../specs/kubernetes/workspaces";
import { MINIO_NAMESPACE } from "./minio";

/** What plan/minio.ts calls the tenant of every region. */
const TENANT = "minio";

/** A bucket for each workspace, with its quota of storage. */
export const bucketsSpec = (
  shard: string,
  workspaces: readonly WorkspaceManifest[],
): WorkspaceBucketsSpec => ({
  kind: "workspaces/buckets",
  name: `${shard}-buckets`,
  namespace: MINIO_NAMESPACE,
  tenant: TENANT,
  buckets: workspaces.map(({ metadata: { name }, spec: { quota } }) => ({
    workspace: name,
    name: `ws-${name}`,
    quota: quota.storage,
  })),
});
