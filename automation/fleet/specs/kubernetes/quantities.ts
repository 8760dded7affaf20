/** Kubernetes quantities as text: `500m`, `2Gi`. */
export interface ComputeSpec {
  readonly cpu: string;
  readonly memory: string;
}

export interface VolumeSpec {
  readonly size: string;
  /** For example `local-path`. */
  readonly storageClass: string;
}

/** A volume on the cluster's default class where none is named; an empty name would mean no class at all. */
export type DefaultVolumeSpec = Omit<VolumeSpec, "storageClass"> & Partial<Pick<VolumeSpec, "storageClass">>;

/** A service as others reach it, for example `pg-europe.openova.io` at 5432. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}
