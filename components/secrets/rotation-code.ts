/**
 * What AWS calls to change a generated secret: it makes a new random value and moves AWSCURRENT to it.
 *
 * Every step may be called again: a version that is there is left as it is. The value never leaves the function.
 */
export const rotationCode = `
import {
  DescribeSecretCommand, GetRandomPasswordCommand, GetSecretValueCommand, PutSecretValueCommand,
  ResourceNotFoundException, SecretsManagerClient, UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";

const client = new SecretsManagerClient({});
const LENGTH = 64;

export async function handler({ Step, SecretId, ClientRequestToken }) {
  const { VersionIdsToStages: stages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
  const own = stages[ClientRequestToken];
  if (own === undefined) throw new Error("the version is not staged for rotation");
  if (own.includes("AWSCURRENT")) return;
  if (Step === "createSecret") await create(SecretId, ClientRequestToken);
  if (Step === "testSecret") await valueOf(SecretId, ClientRequestToken);
  if (Step === "finishSecret") {
    const current = Object.keys(stages).find((version) => stages[version].includes("AWSCURRENT"));
    await client.send(new UpdateSecretVersionStageCommand({
      SecretId, VersionStage: "AWSCURRENT", MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current,
    }));
  }
}

const valueOf = (SecretId, VersionId) =>
  client.send(new GetSecretValueCommand({ SecretId, VersionId, VersionStage: "AWSPENDING" }));

async function create(SecretId, ClientRequestToken) {
  try {
    await valueOf(SecretId, ClientRequestToken);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const { RandomPassword: SecretString } = await client.send(
      new GetRandomPasswordCommand({ PasswordLength: LENGTH, ExcludePunctuation: true }));
    await client.send(new PutSecretValueCommand({
      SecretId, ClientRequestToken, SecretString, VersionStages: ["AWSPENDING"],
    }));
  }
}
`.trimStart();
