import { Secret } from "@pulumi/aws/secretsmanager/secret";
import { SecretRotation as Rotation } from "@pulumi/aws/secretsmanager/secretRotation";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import type { AwsSecretSpec, AwsSecretsSpec } from "../../automation/fleet/specs/aws/secrets";
import type { AwsSetting } from "../aws/setting";
import { tagsOf } from "../aws/tags";
import { SecretRotation } from "./rotation";

/** The secrets one region keeps, some of them with copies in others; what is generated is changed by AWS. */
export class RegionalSecrets extends ComponentResource {
  constructor(spec: AwsSecretsSpec, setting: AwsSetting, opts?: ComponentResourceOptions) {
    super("meridian:secrets:Regional", spec.name, {}, opts);
    const made = spec.secrets.map((one) => ({ one, secret: this.#secret(spec, one, setting) }));
    const rotated = made.filter(({ one }) => one.source.kind === "generated");
    if (rotated.length === 0) return;
    const key = `${spec.name}-rotation`;
    const arns = rotated.map(({ secret }) => secret.arn);
    const by = new SecretRotation(key, `${spec.prefix}-rotation`, arns, setting, { parent: this });
    for (const { one, secret } of rotated) {
      if (one.source.kind !== "generated") continue;
      new Rotation(
        `${spec.name}-${one.key}`,
        {
          secretId: secret.arn,
          rotationLambdaArn: by.functionArn,
          rotationRules: { automaticallyAfterDays: one.source.everyDays },
          // The first value is made in this way too.
          rotateImmediately: true,
        },
        { parent: this, dependsOn: [by.permission] },
      );
    }
    this.registerOutputs({});
  }

  #secret(
    { name, recoveryDays }: AwsSecretsSpec,
    { key, secret, source, replicas }: AwsSecretSpec,
    setting: AwsSetting,
  ): Secret {
    const own = `${name}-${key}`;
    const made = new Secret(
      own,
      {
        name: secret,
        recoveryWindowInDays: recoveryDays,
        replicas: replicas.map((region) => ({ region })),
        tags: tagsOf(setting, own, "credentials"),
      },
      { parent: this },
    );
    if (source.kind === "given") {
      new SecretVersion(
        own,
        { secretId: made.arn, secretString: setting.context.secret(source.value) },
        { parent: this },
      );
    }
    setting.directory.add(`secret/${key}`, made.arn);
    return made;
  }
}
