/** Where an account answers; SDKs find its regions from there. */
export const cosmosEndpoint = (account: string): string => `https://${account}.documents.azure.com:443/`;
