/** What the sandbox knows of one AWS type. */
export interface AwsType {
  /**
   * The id, with `{…}` for an input or `{made}` for 16 hex digits that AWS makes up. `{arn}`: the id is the ARN.
   * Default: `{made}`.
   */
  readonly id?: string;
  /** What follows `arn:aws:`; `{region}`, `{account}`, `{id}`, `{made}` or an input. Default: by the module's name. */
  readonly arn?: string;
  /** The identity where the ARN is not it: what both ends of a peering see. */
  readonly key?: string;
  /** Inputs that no two live ones may share; without them AWS allows twins, and the program's name counts. */
  readonly unique?: readonly string[];
  /** Besides `region`. As ForceNew in terraform-provider-aws. */
  readonly immutable?: readonly string[];
  readonly required?: readonly string[];
  /** The input that is made up from the program's name when it is not given. */
  readonly auto?: string;
  /** Inputs that name, not by ARN or id, what must be there: the input to the ARN, `{}` for its value. */
  readonly names?: Readonly<Record<string, string>>;
  /** What AWS accepts. */
  readonly forms?: Readonly<Record<string, Form>>;
}

/** What the value of an input must look like. */
export interface Form {
  readonly pattern: RegExp;
  readonly says: string;
}

export type AwsTypes = Readonly<Record<string, AwsType>>;

const ROLE = "iam::{account}:role/{}";
const CLUSTER = "eks:{region}:{account}:cluster/{}";
const BUCKET = "s3:::{}";

/** ARNs that types name each other by. */
export const named = { role: ROLE, cluster: CLUSTER, bucket: BUCKET } as const;

/** Of load balancers and target groups. */
export const shortName: Form = {
  pattern: /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/,
  says: "at most 32 letters, digits and dashes, with no dash at either end",
};
