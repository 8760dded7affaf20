/** Variables whose values are secrets whether or not a stack asks for them. */
export const SECRET_VARIABLE =
  /^(MERIDIAN_SECRET_.+|MERIDIAN_PASSPHRASE|PULUMI_CONFIG_PASSPHRASE|PULUMI_ACCESS_TOKEN)$/;

/** What a process that needs no secrets inherits: anybody who may look at it can read its environment. */
export const withoutSecrets = (
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined || SECRET_VARIABLE.test(name) ? [] : [[name, value]],
    ),
  );
