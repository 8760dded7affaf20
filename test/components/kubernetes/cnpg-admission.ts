/**
 * What the operator refuses though the schema allows it: the rules of CloudNativePG's admission webhook
 * (validateReplicaMode) and of libpq, as far as replica clusters meet them.
 */
interface Cluster {
  readonly bootstrap?: object;
  readonly externalClusters?: readonly {
    readonly name: string;
    readonly connectionParameters?: Readonly<Record<string, string>>;
    readonly sslCert?: object;
  }[];
  readonly replica?: {
    readonly enabled?: boolean;
    readonly primary?: string;
    readonly self?: string;
    readonly source: string;
  };
}

const LIBPQ = ["host", "port", "user", "dbname", "sslmode", "application_name", "connect_timeout"];

/** Every reason to refuse the `spec` of a Cluster named `name`. */
export function refusals(name: string, spec: Cluster): readonly string[] {
  const { bootstrap, externalClusters = [], replica } = spec;
  const known = new Set(externalClusters.map((one) => one.name));
  const isReplica = replica?.enabled ?? (replica?.primary ?? name) !== (replica?.self ?? name);
  const named = [replica?.source, replica?.self, replica?.primary].filter((one) => one !== undefined);
  return [
    ...(replica?.enabled !== undefined && replica.primary !== undefined
      ? ["replica mode enabled is not compatible with the primary field"]
      : []),
    ...(isReplica && bootstrap === undefined ? ["bootstrap configuration is required for replica mode"] : []),
    ...(isReplica && bootstrap !== undefined && "initdb" in bootstrap
      ? ["replica mode bootstrap is compatible only with pg_basebackup or recovery"]
      : []),
    ...named.filter((one) => !known.has(one)).map((one) => `External cluster ${one} not found`),
    ...externalClusters.flatMap(({ connectionParameters = {}, sslCert }) => [
      ...Object.keys(connectionParameters)
        .filter((option) => !LIBPQ.includes(option))
        .map((option) => `invalid connection option "${option}"`),
      ...(connectionParameters["user"] === "streaming_replica" && sslCert === undefined
        ? ["connection requires a valid client certificate"]
        : []),
    ]),
  ];
}
