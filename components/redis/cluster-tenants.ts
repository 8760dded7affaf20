import { User } from "@pulumi/aws/elasticache/user";
import { UserGroupAssociation } from "@pulumi/aws/elasticache/userGroupAssociation";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { RedisTenantsSpec } from "../../automation/fleet/specs/aws/redis-cluster";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";

/**
 * A user a tenant and region, who reaches keys and channels under `<tenant>:` only. Signed in by IAM: there is no
 * password to keep, and the role of the instances says whose users they may be.
 */
export class RedisTenants extends ComponentResource {
  constructor(spec: RedisTenantsSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:redis:Tenants", spec.name, {}, opts);
    for (const { region, group, tenants } of spec.regions) {
      const provider = setting.providers.of(region);
      for (const { tenant, user: userId } of tenants) {
        const name = `${spec.name}-${region}-${tenant}`;
        const user = new User(
          name,
          {
            userId,
            // With IAM the two are the same.
            userName: userId,
            engine: "valkey",
            accessString: `on ~${tenant}:* &${tenant}:* +@all -@dangerous -@admin -@keyspace +del +unlink +expire +exists +ttl +type`,
            authenticationMode: { type: "iam" },
            tags: tagsOf(setting, name),
          },
          { parent: this, provider },
        );
        new UserGroupAssociation(
          name,
          { userGroupId: group, userId: user.userId },
          { parent: this, provider },
        );
      }
    }
    this.registerOutputs({ regions: spec.regions.map(({ region }) => region) });
  }
}
