import { Provider } from "@pulumi/aws/provider";
import type { AwsAccountSpec } from "../../automation/fleet/specs/aws/account";
import type { ProgramContext } from "../program-context";
import { ProgramError } from "../program-error";

/** The providers of a stack: one a region it works in. */
export class AwsProviders {
  readonly #byRegion: ReadonlyMap<string, Provider>;

  constructor(
    private readonly stack: string,
    readonly account: AwsAccountSpec,
    context: ProgramContext,
  ) {
    const made = account.regions.map(
      ({ region, location }) => [region, provider(account, region, location, context)] as const,
    );
    this.#byRegion = new Map(made);
  }

  /** Of the region that components use which name none. */
  get first(): Provider {
    return this.of(this.account.regions[0]?.region ?? "");
  }

  /** Of one region, by its name in the platform. */
  of(region: string): Provider {
    const found = this.#byRegion.get(region);
    if (found !== undefined) return found;
    throw new ProgramError("MRD5014", this.stack, `the stack has no AWS provider in "${region}"`);
  }
}

function provider(
  { name, accessKeyId, secretAccessKey, sessionToken, accountId }: AwsAccountSpec,
  region: string,
  location: string,
  { secret }: ProgramContext,
): Provider {
  return new Provider(`${name}-${region}`, {
    region: location,
    accessKey: secret(accessKeyId),
    secretKey: secret(secretAccessKey),
    ...(sessionToken === undefined ? {} : { token: secret(sessionToken) }),
    ...(accountId === undefined ? {} : { allowedAccountIds: [secret(accountId)] }),
  });
}
