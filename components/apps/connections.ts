/** Connection strings of the applications: writes go to the writer, reads to the nearest copy. */
import { interpolate, type Output } from "@pulumi/pulumi";
import type {
  AppsDeploymentSpec,
  MongodbConnection,
  PostgresConnection,
} from "../../automation/fleet/specs/kubernetes/apps";
import type { HostPort } from "../../automation/fleet/specs/kubernetes/quantities";
import type { ProgramContext } from "../program-context";

/** Where the authorities' certificates are mounted. */
export const TRUST_PATH = "/etc/meridian/trust";

/** The variables and the files of one Secret. */
export interface Connections {
  readonly variables: Readonly<Record<string, Output<string>>>;
  readonly certificates: Readonly<Record<string, Output<string>>>;
}

/** Every connection string a service gets, by the name of its variable. */
export function connectionsOf(
  { postgres, mongodb }: AppsDeploymentSpec,
  { secret }: ProgramContext,
): Connections {
  const urls = postgres === undefined ? {} : postgresUrls(postgres, secret);
  const uri = mongodb === undefined ? {} : { MONGODB_URI: mongodbUri(mongodb, secret) };
  return {
    variables: { ...urls, ...uri },
    certificates: {
      ...(postgres?.caCertificate === undefined ? {} : { "postgres.crt": secret(postgres.caCertificate) }),
      ...(mongodb?.caCertificate === undefined ? {} : { "mongodb.crt": secret(mongodb.caCertificate) }),
    },
  };
}

const postgresUrls = (connection: PostgresConnection, secret: ProgramContext["secret"]) => ({
  DATABASE_PRIMARY_URL: postgresUrl(connection, connection.primary, secret),
  DATABASE_REPLICA_URL: postgresUrl(connection, connection.replica, secret),
});

function postgresUrl(connection: PostgresConnection, at: HostPort, secret: ProgramContext["secret"]) {
  const { user, password, database, sslMode, caCertificate, poolSize } = connection;
  const query = queryOf([
    ["sslmode", sslMode],
    ...(caCertificate === undefined ? [] : [["sslrootcert", `${TRUST_PATH}/postgres.crt`] as const]),
    ...(poolSize === undefined ? [] : [["connection_limit", String(poolSize)] as const]),
  ]);
  const login = interpolate`${encodeURIComponent(user)}:${encoded(secret(password))}`;
  return interpolate`postgresql://${login}@${hostPort(at)}/${encodeURIComponent(database)}?${query}`;
}

function mongodbUri(connection: MongodbConnection, secret: ProgramContext["secret"]): Output<string> {
  const { user, password, database, hosts, replicaSet, writeConcern, tls, caCertificate } = connection;
  const query = queryOf([
    ["replicaSet", replicaSet],
    ["authSource", "admin"],
    ["w", writeConcern],
    ["readPreference", connection.readPreference],
    ...preferredTags(connection),
    ["tls", String(tls)],
    ...(caCertificate === undefined ? [] : [["tlsCAFile", `${TRUST_PATH}/mongodb.crt`] as const]),
  ]);
  const login = interpolate`${encodeURIComponent(user)}:${encoded(secret(password))}`;
  return interpolate`mongodb://${login}@${hosts.map(hostPort).join(",")}/${encodeURIComponent(database)}?${query}`;
}

/** The empty list at the end means any member: without it a region without members could not read. */
const preferredTags = ({ readPreference, preferRegion }: MongodbConnection): readonly QueryPart[] =>
  readPreference === "primary" || preferRegion === undefined
    ? []
    : [
        ["readPreferenceTags", `region:${preferRegion}`],
        ["readPreferenceTags", ""],
      ];

type QueryPart = readonly [name: string, value: string];

/** `:` and `/` may stand in a query, and people read these. */
const queryOf = (parts: readonly QueryPart[]): string =>
  parts
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%3A", ":").replaceAll("%2F", "/")}`,
    )
    .join("&");

const encoded = (value: Output<string>): Output<string> => value.apply(encodeURIComponent);

const hostPort = ({ host, port }: HostPort): string => `${host}:${String(port)}`;
