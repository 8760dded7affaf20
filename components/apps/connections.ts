/** Connection strings of the applications: writes go to the writer, reads to the nearest copy. */
import { interpolate, type Output } from "@pulumi/pulumi";
import type {
  AppsDeploymentSpec,
  FeatureFlags,
  MongodbConnection,
  PostgresConnection,
  RedisConnection,
  ServiceDatabase,
} from "../../automation/fleet/specs/kubernetes/apps";
import type { HostPort } from "../../automation/fleet/specs/kubernetes/quantities";
import type { ProgramContext } from "../program-context";

/** Where the authorities' certificates are mounted. */
export const TRUST_PATH = "/etc/meridian/trust";

/** The variables and the files of one Secret. */
export interface Connections {
  /** Of every service. */
  readonly variables: Readonly<Record<string, Output<string>>>;
  /** Of one service alone: its name, the variable, the value. */
  readonly own: readonly OwnVariable[];
  readonly certificates: Readonly<Record<string, Output<string>>>;
}

interface OwnVariable {
  readonly service: string;
  readonly variable: string;
  readonly value: Output<string>;
}

/** Key of a service's own variable in the Secret that all share. */
export const ownKey = (service: string, variable: string): string => `${service}.${variable}`;

/** Every connection string a service gets, by the name of its variable. */
export function connectionsOf(
  { featureFlags, mongodb, postgres, redis, services }: AppsDeploymentSpec,
  { secret }: ProgramContext,
): Connections {
  const urls = postgres === undefined ? {} : postgresUrls(postgres, secret);
  const uri = mongodb === undefined ? {} : { MONGODB_URI: mongodbUri(mongodb, secret) };
  return {
    variables: {
      ...urls,
      ...uri,
      ...(redis === undefined ? {} : { REDIS_URL: redisUrl(redis, secret) }),
      ...(featureFlags === undefined ? {} : flagVariables(featureFlags, secret)),
    },
    own: services.flatMap(({ database, name }) =>
      database === undefined
        ? []
        : [{ service: name, variable: "DATABASE_URL", value: databaseUrl(database, secret) }],
    ),
    certificates: {
      ...(postgres?.caCertificate === undefined ? {} : { "postgres.crt": secret(postgres.caCertificate) }),
      ...(mongodb?.caCertificate === undefined ? {} : { "mongodb.crt": secret(mongodb.caCertificate) }),
      ...(redis === undefined ? {} : { "redis.crt": secret(redis.caCertificate) }),
      ...databaseCertificate(services, secret),
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

/** One authority signs for all databases of a platform. */
function databaseCertificate(services: AppsDeploymentSpec["services"], secret: ProgramContext["secret"]) {
  const ca = services.flatMap(({ database }) => database?.caCertificate ?? [])[0];
  return ca === undefined ? {} : { "postgres.crt": secret(ca) };
}

function databaseUrl(connection: ServiceDatabase, secret: ProgramContext["secret"]): Output<string> {
  const { caCertificate, database, hosts, password, sslMode, user } = connection;
  const query = queryOf([
    // A region that takes no writes is passed over.
    ["target_session_attrs", "read-write"],
    ["sslmode", sslMode],
    ...(caCertificate === undefined ? [] : [["sslrootcert", `${TRUST_PATH}/postgres.crt`] as const]),
  ]);
  const login = interpolate`${encodeURIComponent(user)}:${encoded(secret(password))}`;
  return interpolate`postgresql://${login}@${hosts.map(hostPort).join(",")}/${encodeURIComponent(database)}?${query}`;
}

const redisUrl = (
  { endpoint, password }: RedisConnection,
  secret: ProgramContext["secret"],
): Output<string> => interpolate`rediss://:${encoded(secret(password))}@${hostPort(endpoint)}`;

/** LaunchDarkly's own name for its key is what its SDKs read. */
const flagVariables = ({ key, provider }: FeatureFlags, secret: ProgramContext["secret"]) => ({
  [provider === "launchdarkly" ? "LAUNCHDARKLY_SDK_KEY" : "FEATURE_FLAGS_KEY"]: secret(key),
});

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
