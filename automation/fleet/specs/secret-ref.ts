/** The name of a secret, never its value: looked up in the environment, a file or the Pulumi config. */
export interface SecretRef {
  readonly secret: string;
}
