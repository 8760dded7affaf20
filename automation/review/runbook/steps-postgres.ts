import { sayDuration } from "../../manifest/rules/say-duration";
import type { PostgresFacts } from "./facts";
import { applyCommands, isApplied, kubectl, LOOK, type Loss, type ServiceSteps, type Step } from "./step";
import { rerouteTitle } from "./steps-traffic";

const clusterOf = ({ clusters }: PostgresFacts, region: string): string =>
  clusters[region] ?? `postgresql-${region}`;

const sql = (k: string, cluster: string, database: string, statement: string): string =>
  `${k} exec svc/${cluster}-rw -c postgres -- psql --dbname ${database} --command "${statement}"`;

/** Losing the writer of a CloudNativePG topology. */
export function postgresSteps(service: PostgresFacts, loss: Loss): ServiceSteps {
  if (loss.cell.writers.length > 1) return noPromotion(service, loss);
  return {
    fence: [fenceCluster(service, loss)],
    promote: [lookAtReplica(service, loss), promoteCluster(service, loss)],
    verify: [verifyWrite(service, loss)],
    protect: [keepTail(service, loss)],
  };
}

function fenceCluster(service: PostgresFacts, loss: Loss): Step {
  const { facts, lost } = loss;
  const cluster = clusterOf(service, lost);
  const k = kubectl(facts, lost, service.namespace);
  return {
    title: `Stop PostgreSQL in ${lost}, so that it can never take another write`,
    before: `The decision is committed. It does not matter whether ${lost} answers.`,
    commands: [
      `${k} --request-timeout=${facts.failover.lease.duration}s annotate cluster ${cluster} --overwrite 'cnpg.io/fencedInstances=["*"]'`,
    ],
    expect: `\`annotated\`. If ${lost} does not answer, the fence is unconfirmed: do "${rerouteTitle(facts.traffic, loss)}" below first, so that no user reaches ${lost}, let a full lease of ${sayDuration(facts.failover.lease.duration)} pass, and come back here. When ${lost} answers again, this command comes before anything else.`,
    way: { kind: "reversible", undo: `\`${k} annotate cluster ${cluster} cnpg.io/fencedInstances-\`` },
  };
}

function lookAtReplica(service: PostgresFacts, { facts, heir }: Loss): Step {
  const k = kubectl(facts, heir, service.namespace);
  const statement =
    "select pg_last_xact_replay_timestamp(), now() - pg_last_xact_replay_timestamp() as behind";
  return {
    title: `Write down how far PostgreSQL in ${heir} got`,
    before: `${heir} answers.`,
    commands: [sql(k, clusterOf(service, heir), service.database, statement)],
    expect:
      service.mode === "sync"
        ? "A time close to the outage. Replication is synchronous: what was acknowledged is here, unless the standby was out of step before."
        : "A time before the outage. Replication is asynchronous: writes acknowledged after it are lost if you go on. Compare with the RPO above and say the number in the incident channel.",
    way: LOOK,
  };
}

function promoteCluster(service: PostgresFacts, loss: Loss): Step {
  const { facts, heir } = loss;
  const k = kubectl(facts, heir, service.namespace);
  const cluster = clusterOf(service, heir);
  const { promote } = facts.failover.timing;
  const byHand = `${k} patch cluster ${cluster} --type merge --patch '{"spec":{"replica":{"primary":"${cluster}"}}}'`;
  return {
    title: `Promote PostgreSQL in ${heir}`,
    before:
      "The old writer is fenced or cut off from users, and the loss you wrote down is accepted by whoever decides.",
    commands: [
      ...(isApplied(loss) ? applyCommands(loss) : [byHand]),
      `${k} wait cluster/${cluster} --for=condition=Ready --timeout=${Math.max(promote, 1)}s`,
      sql(k, cluster, service.database, "select pg_is_in_recovery()"),
    ],
    expect: `\`f\`: ${cluster} takes writes. The manifest expects ${sayDuration(promote)}; if it takes longer, \`${k} describe cluster ${cluster}\` says why.${isApplied(loss) ? ` Stacks of the lost region fail until it is back, and those that wait for them are skipped; that is expected. Without Meridian, do by hand what it does: \`${byHand}\`` : ""}`,
    way: {
      kind: "point-of-no-return",
      because:
        "From here on the two databases differ. The old one can only come back as an empty replica that copies everything again.",
    },
  };
}

function verifyWrite(service: PostgresFacts, { facts, heir }: Loss): Step {
  const k = kubectl(facts, heir, service.namespace);
  const cluster = clusterOf(service, heir);
  return {
    title: `See a write survive in PostgreSQL in ${heir}`,
    before: "`pg_is_in_recovery()` said `f`.",
    commands: [
      sql(k, cluster, service.database, "create table if not exists failover_proof (at timestamptz)"),
      sql(k, cluster, service.database, "insert into failover_proof values (now()) returning at"),
      sql(k, cluster, service.database, "select count(*) from failover_proof"),
    ],
    expect: "A time and a count of at least 1.",
    way: {
      kind: "reversible",
      undo: `\`${sql(k, cluster, service.database, "drop table failover_proof")}\``,
    },
  };
}

function keepTail(service: PostgresFacts, { facts, lost }: Loss): Step {
  const k = kubectl(facts, lost, service.namespace);
  return {
    title: `Keep what PostgreSQL in ${lost} had and nobody else has`,
    before: `${lost} answers again, its cluster is still fenced, and nothing has been applied to it.`,
    commands: [
      `${k} get pvc --selector cnpg.io/cluster=${clusterOf(service, lost)}`,
      `# a VolumeSnapshot, or a copy of each volume, with the incident's name`,
    ],
    expect:
      "A copy of each volume. Rebuilding the replica deletes these writes for good; without the copy nobody can say which they were.",
    way: LOOK,
  };
}

const noPromotion = (service: PostgresFacts, { heir }: Loss): ServiceSteps => ({
  fence: [],
  promote: [],
  verify: [],
  protect: [
    {
      title: "Watch the conflicts of PostgreSQL when the lost region returns",
      before: "The region answers again and its subscriptions are active.",
      commands: [],
      expect: `Writes of both sides to the same row end as the platform's conflict rule says; what lost is only in the log of ${clusterOf(service, heir)}.`,
      way: LOOK,
    },
  ],
});

/** Giving the writes back without losing any: a switchover. */
export function postgresFailback(service: PostgresFacts, loss: Loss): readonly Step[] {
  if (loss.cell.writers.length > 1) return [];
  const { facts, lost, heir } = loss;
  const quiet = sayDuration(facts.failover.failback.wait);
  const [k, back] = [kubectl(facts, heir, service.namespace), kubectl(facts, lost, service.namespace)];
  const [cluster, old] = [clusterOf(service, heir), clusterOf(service, lost)];
  return [
    {
      title: `Rebuild PostgreSQL in ${lost} as a replica of ${heir}`,
      before: `${lost} has been healthy for the time above, its volumes have been copied, and nothing has been applied to it since the failover.`,
      commands: [
        `${back} delete cluster ${old}`,
        ...applyCommands(loss),
        sql(k, cluster, service.database, "select application_name, replay_lag from pg_stat_replication"),
      ],
      expect: `A row for ${lost} whose \`replay_lag\` stays below a second for ${quiet}. If ${old} cannot archive (\`Expected empty archive\`), move its folder in the backup bucket aside: that is the old cluster's WAL.`,
      way: {
        kind: "point-of-no-return",
        because: `What only ${lost} had is deleted. The copy of its volumes is all that is left of it.`,
      },
    },
    {
      title: `Demote PostgreSQL in ${heir} and take its token`,
      before: "Users are told that writes pause until the next step is done. The lag is below a second.",
      commands: [
        `${k} patch cluster ${cluster} --type merge --patch '{"spec":{"replica":{"primary":"${old}"}}}'`,
        `TOKEN=$(${k} get cluster ${cluster} --output jsonpath='{.status.demotionToken}') && echo "$TOKEN"`,
      ],
      expect:
        "A token: one long line. An empty one is not ready yet: run the second line again. Nobody takes writes until it is used.",
      way: {
        kind: "reversible",
        undo: `\`${k} patch cluster ${cluster} --type merge --patch '{"spec":{"replica":{"primary":"${cluster}"}}}'\``,
      },
    },
    {
      title: `Promote PostgreSQL in ${lost} with the token`,
      before: "`$TOKEN` is set in this shell.",
      commands: [
        `${back} patch cluster ${old} --type merge --patch '{"spec":{"replica":{"primary":"${old}","promotionToken":"'"$TOKEN"'"}}}'`,
        sql(back, old, service.database, "select pg_is_in_recovery()"),
      ],
      expect: `\`f\`. It replayed everything ${heir} had before it took its first write: nothing is lost, nothing needs a rebuild.`,
      way: { kind: "reversible", undo: `The same two steps with ${heir} and ${lost} exchanged.` },
    },
  ];
}
