import type { ReplicationGroupArgs } from "@pulumi/aws/elasticache/replicationGroup";
import { User } from "@pulumi/aws/elasticache/user";
import { UserGroup } from "@pulumi/aws/elasticache/userGroup";
import { Secret } from "@pulumi/aws/secretsmanager/secret";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion";
import { jsonStringify, type Output, type Resource } from "@pulumi/pulumi";
import type { RedisClusterSpec } from "../../automation/fleet/specs/aws/redis-cluster";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

/** Who may connect, as a replication group takes it. */
export interface ClusterAccess {
  readonly args: Pick<ReplicationGroupArgs, "authToken" | "authTokenUpdateStrategy" | "userGroupIds">;
  readonly secretArn: Output<string>;
  readonly userGroup: Output<string> | undefined;
  readonly dependsOn: Resource | undefined;
}

/** A token, or users: there the application may not change the server, nor who its users are. */
export function clusterAccess(
  spec: RedisClusterSpec,
  setting: AwsSetting,
  kmsKeyId: Output<string>,
  parent: Resource,
): ClusterAccess {
  const { access, group } = spec;
  if (access.kind === "token") {
    const token = setting.context.secret(access.token);
    const stored = storedLogin(spec, setting, { password: token }, kmsKeyId, parent);
    const args = { authToken: token, authTokenUpdateStrategy: "ROTATE" };
    return { args, secretArn: stored.arn, userGroup: undefined, dependsOn: undefined };
  }
  const { user, password } = access.app;
  const passwords = [setting.context.secret(password)];
  const app = new User(
    `${spec.name}-${user}`,
    {
      userId: `${group}-${user}`,
      userName: user,
      engine: "valkey",
      accessString: "on ~* &* +@all -@dangerous -@admin",
      authenticationMode: { type: "password", passwords },
      tags: tagsOf(setting, `${spec.name}-${user}`),
    },
    { parent },
  );
  const users = new UserGroup(
    spec.name,
    { userGroupId: group, engine: "valkey", userIds: [app.userId], tags: tagsOf(setting, spec.name) },
    // Tenants' users join from the stacks of their shards.
    { parent, ignoreChanges: ["userIds"] },
  );
  const login = { username: user, password: setting.context.secret(password) };
  const stored = storedLogin(spec, setting, login, kmsKeyId, parent);
  const args = { userGroupIds: [users.userGroupId] };
  return { args, secretArn: stored.arn, userGroup: users.userGroupId, dependsOn: users };
}

function storedLogin(
  spec: RedisClusterSpec,
  setting: AwsSetting,
  login: Readonly<Record<string, string | Output<string>>>,
  kmsKeyId: Output<string>,
  parent: Resource,
): Secret {
  const name = `${spec.name}-login`;
  const stored = new Secret(
    name,
    {
      namePrefix: `${setting.platform}/${spec.region}/${name}-`,
      description: `Redis in ${spec.region}`,
      kmsKeyId,
      recoveryWindowInDays: 7,
      tags: tagsOf(setting, name, "credentials"),
    },
    { parent },
  );
  new SecretVersion(name, { secretId: stored.id, secretString: jsonStringify(login) }, { parent });
  return stored;
}
