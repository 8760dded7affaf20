import type { Instance } from "@pulumi/aws/rds/instance";
import { Secret } from "@pulumi/aws/secretsmanager/secret";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion";
import { jsonStringify, type Output, type Resource } from "@pulumi/pulumi";
import type { PostgresLogin, StreamingPostgresSpec } from "../../automation/fleet/specs/aws/streaming";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

/** Logins of the database, in Secrets Manager of their own region. */
export interface StreamingLogins {
  readonly app: Secret;
  /** Where the primary is; nowhere else does anybody act as the owner. */
  readonly owner: Secret | undefined;
}

export function streamingLogin(
  spec: StreamingPostgresSpec,
  setting: AwsSetting,
  { address }: Instance,
  kmsKeyId: Output<string>,
  parent: Resource,
): StreamingLogins {
  const login = (role: string, { user, password }: PostgresLogin): Secret => {
    const name = `${spec.name}-${role}`;
    const made = new Secret(
      name,
      {
        // A name that was deleted is taken for days, so each one gets its own end.
        namePrefix: `${setting.platform}/${spec.region}/${name}-`,
        description: `PostgreSQL in ${spec.region} as ${user}`,
        kmsKeyId,
        recoveryWindowInDays: 7,
        tags: tagsOf(setting, name, "credentials"),
      },
      { parent },
    );
    const secretString = jsonStringify({
      username: user,
      password: setting.context.secret(password),
      host: address,
      port: 5432,
    });
    new SecretVersion(name, { secretId: made.id, secretString }, { parent });
    return made;
  };
  return {
    app: login("app", spec.app),
    owner: spec.role.kind === "primary" ? login("owner", spec.role.owner) : undefined,
  };
}
