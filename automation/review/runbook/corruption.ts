import type { RunbookFacts, ServiceFacts } from "./facts";
import { blocks, bullets, code, list } from "./markdown";
import { kubectl } from "./step";

/** Wrong data is in every copy within seconds: only the past helps. */
export const corruptionSection = (facts: RunbookFacts): string =>
  blocks(
    "## If data is wrong",
    bullets([
      "Replication copies mistakes as fast as it copies data. A failover does not help.",
      "Stop whatever writes the wrong data, and write down the last minute in which all was well.",
      "Restore beside the running data, compare, then copy back what is missing. Never restore over it.",
    ]),
    ...facts.services.map((service) => restoreOf(service, facts)),
    others(facts),
  );

/** Services whose past this page cannot bring back, in one line. */
function others({ services }: RunbookFacts): string {
  const named = services.flatMap((service) =>
    service.kind === "other" ? [`${service.name} (${service.engine})`] : [],
  );
  return named.length === 0
    ? ""
    : `For ${list(named)} this page has no restore commands: use their own documentation.`;
}

function restoreOf(service: ServiceFacts, facts: RunbookFacts): string {
  switch (service.kind) {
    case "postgres/cnpg": {
      const { walArchive, retentionDays } = service.backup;
      const [first] = Object.keys(service.clusters);
      return blocks(
        `**PostgreSQL** can go back ${walArchive ? "to any second" : "to its daily backups"} of the last ${retentionDays} days, into a new Cluster with \`bootstrap.recovery\`${walArchive ? " and a `recoveryTarget.targetTime`" : ""}. What there is:`,
        code([
          `${kubectl(facts, first ?? "", service.namespace)} get backups.postgresql.cnpg.io --sort-by .status.stoppedAt`,
        ]),
      );
    }
    case "cosmos/sql":
      return service.backup === "periodic"
        ? "**Cosmos DB** has periodic backups: only a support ticket restores them, and each new one removes the oldest. Raise the retention first, then open the ticket."
        : blocks(
            `**Cosmos DB** can go back to any second of the last ${service.backup === "continuous-30d" ? 30 : 7} days, into a new account.`,
            "With the last minute in which all was well, in UTC, as `LAST_GOOD` (`date --utc +%Y-%m-%dT%H:%M:%S+0000` prints the present one):",
            code([
              `az cosmosdb restore --account-name ${service.account} --resource-group ${service.group} --target-database-account-name ${service.account}-restored --location ${(Object.values(service.locations)[0] ?? "").replaceAll(" ", "").toLowerCase()} --restore-timestamp "$LAST_GOOD"`,
            ]),
          );
    case "mongodb/community":
      return "**MongoDB** has no backup that the manifests know of.";
    case "redis/azure-cache":
      return "**Redis** holds nothing that is not elsewhere: flush it.";
    case "other":
      return "";
  }
}
