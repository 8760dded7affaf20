import { runbook } from "../../../automation/review/runbook/runbook";
import { castiel, castielFacts, openova, openovaFacts } from "./platforms";

test("castiel: nothing to promote, users leave on their own", () => {
  expect(runbook(castiel, castielFacts)).toMatchInlineSnapshot(`
    "# Disaster recovery of castiel

    > Generated from \`regions/castiel/platform.yaml\`. Change the manifest, not this page.

    ## Start here

    - Breathe. Reading this page to the end of your section takes three minutes; a wrong failover takes a day.
    - **east-us is lost?** Go to [If east-us is lost](#if-east-us-is-lost): west-us-2 takes over.
    - **Wrong data, but every region answers?** That is not a failover: the error is in every copy. Go to [If data is wrong](#if-data-is-wrong).
    - A step marked **POINT OF NO RETURN** is done only after somebody else has read it too.

    You need, in an empty directory of a machine outside the regions:

    - this repository, \`meridian\` and \`git\`
    - \`az\`, signed in to the platform's subscription (\`az account show\`)

    ## Regions

    | Region | Role | Traffic | Asked for its health at |
    | --- | --- | --- | --- |
    | east-us (Boydton, US) | writer | 100 % | https://castiel-east-us-api.azurewebsites.net/health |
    | west-us-2 (Quincy, US) | standby | 0 % | https://castiel-west-us-2-api.azurewebsites.net/health |

    ## Who owns the writes

    | Cell | Writes | Epoch | Stands by | Reads only |
    | --- | --- | --- | --- | --- |
    | default | east-us | 1 | west-us-2 | nobody |

    The epoch rises by one with every change of the writer. Whatever still works under an older one is wrong, even if it answers.

    Data flows:

    - cosmos (sql): east-us ⇄ west-us-2, multi-writer

    ## Objectives

    | Fault | Data that may be lost (RPO) | Time until it works again (RTO) |
    | --- | --- | --- |
    | A region is lost | 5 m | 15 m |

    Availability 99.95 %: 21 m 36 s of a 30-day month may be down, all incidents together.

    ## How long it takes

    detect 3 × 30 s = 1 m 30 s + fence 0 s + promote 0 s + reroute 30 s = **2 m**. That is 13 m less than the objective of 15 m.

    A probe that hangs adds its timeout of 10 s.

    ## If east-us is lost

    west-us-2 takes over. cosmos takes writes in every region: only routing keeps them in east-us.

    ### Failover to west-us-2

    #### 1. Find out what is lost

    **Before:** None. Run it from two networks that are not in any of the regions: one may be the thing that is broken.

    \`\`\`sh
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://castiel-east-us-api.azurewebsites.net/health\\n' https://castiel-east-us-api.azurewebsites.net/health
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://castiel-west-us-2-api.azurewebsites.net/health\\n' https://castiel-west-us-2-api.azurewebsites.net/health
    \`\`\`

    **Expect:** Every region but one says \`200\`. If all fail, the fault is in DNS, the edge or a release: a failover would not help, so do not start one.

    #### 2. Decide: west-us-2 takes over from east-us, or wait

    **Before:** east-us is lost for more than 1 m 30 s, seen from two networks. The platform fails over on its own: look at each step below, and do what has not happened.

    **Expect:** A name and a time in the incident channel. Waiting is right when east-us is expected back sooner than the failover takes (see the arithmetic above). Users are already leaving: Traffic Manager stops sending them to a region that fails its probes.

    #### 3. Write the decision down: west-us-2 owns the writes, epoch 2

    **Before:** The decision is made. Nobody has raised the epoch since the table above: \`git pull\` first.

    \`\`\`sh
    git pull
    # regions/castiel/platform.yaml: set primary: { region: west-us-2, epoch: 2 } in spec
    meridian validate
    git commit --all --message "castiel: west-us-2 takes over, epoch 2" && git push
    \`\`\`

    **Expect:** \`meridian plan castiel\` shows west-us-2 as the writer. If the forge is down too, commit locally and push later: nothing below needs it.

    **Undo:** \`git revert HEAD && git push\`, as long as nothing has been applied.

    #### 4. See where Cosmos DB takes writes

    **Before:** \`az login\` works and the subscription is set.

    \`\`\`sh
    az cosmosdb show --name castiel-cosmos --resource-group castiel-data --query "writeLocations[].{region:locationName,state:provisioningState}" --output table
    \`\`\`

    **Expect:** Every region takes writes, so there is nothing to promote: West US 2 is listed, and SDKs that cannot reach East US use it already. Do not use \`az cosmosdb failover-priority-change\` now: it needs both regions.

    #### 5. Apply it

    **Before:** The commit above is the newest, and the services above take writes.

    \`\`\`sh
    meridian apply castiel --yes
    \`\`\`

    **Expect:** Applications in west-us-2 run as the primary. The stack of east-us fails while it is lost, and stacks that wait for it are skipped; that is expected: apply again when it is back.

    **Undo:** Revert the commit and apply again.

    #### 6. Expect a cold cache in west-us-2

    **Before:** Caches are not linked: each region has its own.

    \`\`\`sh
    az redis show --resource-group castiel-west-us-2 --name castiel-west-us-2-redis --query "{state:provisioningState,port:sslPort}" --output table
    \`\`\`

    **Expect:** \`Succeeded\`. What the other cache held is gone: sessions kept only there end, and the database sees more reads for some minutes.

    #### 7. Take east-us out of Traffic Manager

    **Before:** Traffic Manager has probably done it already: an endpoint that is down gets no users. This keeps east-us out while it comes and goes.

    \`\`\`sh
    az network traffic-manager endpoint update --type azureEndpoints --resource-group castiel-global --profile-name castiel-api --name east-us --endpoint-status Disabled
    dig +short castiel-api.trafficmanager.net
    \`\`\`

    **Expect:** Each name leads to an address of west-us-2. Resolvers keep the old answer up to 30 s; some clients keep it longer. An apply that changes the profile enables east-us again: apply nothing more until east-us is well.

    **Undo:** \`az network traffic-manager endpoint update --type azureEndpoints --resource-group castiel-global --profile-name castiel-api --name east-us --endpoint-status Enabled\`

    #### 8. Look for writes that only East US had

    **Before:** East US is back.

    \`\`\`sh
    az monitor metrics list --resource $(az cosmosdb show --name castiel-cosmos --resource-group castiel-data --query id --output tsv) --metric ReplicationLatency --interval PT1M --output table
    \`\`\`

    **Expect:** Latency falls back below a second. Late writes arrive now; of two writes to one item the one with the higher \`_ts\` wins, and the other is gone without a trace.

    #### 9. Say that it is over

    **Before:** Users are served by west-us-2 for ten minutes without new errors.

    **Expect:** operations (operations@castiel.example) know: when it broke, when it was well, what was lost. The numbers go into the incident's record, next to the objectives.

    ### Going back to east-us

    Not tonight. A planned change with people awake, after the incident is closed.

    #### 1. Wait until east-us stays well

    **Before:** east-us answers its health check.

    \`\`\`sh
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://castiel-east-us-api.azurewebsites.net/health\\n' https://castiel-east-us-api.azurewebsites.net/health
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://castiel-west-us-2-api.azurewebsites.net/health\\n' https://castiel-west-us-2-api.azurewebsites.net/health
    \`\`\`

    **Expect:** 5 m without a failure. Nothing returns on its own.

    #### 2. Write it down: east-us owns the writes again, epoch 3

    **Before:** The data in east-us is as new as in west-us-2.

    \`\`\`sh
    # regions/castiel/platform.yaml: set primary: { region: east-us, epoch: 3 } in spec
    git commit --all --message "castiel: back to east-us, epoch 3" && git push
    meridian apply castiel --yes
    \`\`\`

    **Expect:** \`meridian plan castiel\` has nothing left to do.

    **Undo:** Revert the commit and apply again.

    #### 3. Put east-us back into Traffic Manager

    **Before:** east-us answers its health check, its data is up to date, and it is quiet enough to watch.

    \`\`\`sh
    az network traffic-manager endpoint update --type azureEndpoints --resource-group castiel-global --profile-name castiel-api --name east-us --endpoint-status Enabled
    dig +short castiel-api.trafficmanager.net
    \`\`\`

    **Expect:** Each name leads to an address of east-us. Resolvers keep the old answer up to 30 s; some clients keep it longer.

    **Undo:** \`az network traffic-manager endpoint update --type azureEndpoints --resource-group castiel-global --profile-name castiel-api --name east-us --endpoint-status Disabled\`

    ## If west-us-2 is lost

    No writes move. Do not fail over.

    - No users are sent there in the steady state.
    - Cosmos DB goes on in the other regions.
    - Until it is back there is nobody to fail over to from east-us: postpone releases and anything else that is not urgent.

    ## If data is wrong

    - Replication copies mistakes as fast as it copies data. A failover does not help.
    - Stop whatever writes the wrong data, and write down the last minute in which all was well.
    - Restore beside the running data, compare, then copy back what is missing. Never restore over it.

    **Cosmos DB** can go back to any second of the last 7 days, into a new account:

    \`\`\`sh
    az cosmosdb restore --account-name castiel-cosmos --resource-group castiel-data --target-database-account-name castiel-cosmos-restored --location eastus --restore-timestamp 2026-01-31T03:00:00+0000
    \`\`\`

    **Redis** holds nothing that is not elsewhere: flush it.

    ## People and alerts

    | Channel | Kind | Where |
    | --- | --- | --- |
    | operations | email | operations@castiel.example |
    "
  `);
});

test("openova: a database to promote, a majority to force", () => {
  expect(runbook(openova, openovaFacts)).toMatchInlineSnapshot(`
    "# Disaster recovery of openova

    > Generated from \`regions/openova/platform.yaml\`. Change the manifest, not this page.

    ## Start here

    - Breathe. Reading this page to the end of your section takes three minutes; a wrong failover takes a day.
    - **europe is lost?** Go to [If europe is lost](#if-europe-is-lost): india takes over.
    - **Wrong data, but every region answers?** That is not a failover: the error is in every copy. Go to [If data is wrong](#if-data-is-wrong).
    - A step marked **POINT OF NO RETURN** is done only after somebody else has read it too.

    You need, in an empty directory of a machine outside the regions:

    - this repository, \`meridian\` and \`git\`
    - the secret \`kubeconfig-europe\` saved as the file \`kubeconfig-europe\`
    - the secret \`kubeconfig-india\` saved as the file \`kubeconfig-india\`
    - \`CLOUDFLARE_API_TOKEN\` and \`CLOUDFLARE_ACCOUNT_ID\` in the environment, \`jq\`
    - \`mongosh\`, and \`MONGODB_ADMIN=user:password\` of a cluster administrator in the environment

    ## Regions

    | Region | Role | Traffic | Asked for its health at |
    | --- | --- | --- | --- |
    | europe (Nuremberg, DE) | writer | 50 % | https://api-eu.openova.io/health |
    | india (Mumbai, IN) | reader | 50 % | https://api-in.openova.io/health |

    ## Who owns the writes

    | Cell | Writes | Epoch | Stands by | Reads only |
    | --- | --- | --- | --- | --- |
    | default | europe | 1 | nobody | india |

    The epoch rises by one with every change of the writer. Whatever still works under an older one is wrong, even if it answers.

    Data flows:

    - postgres (cnpg): europe → india, async
    - mongodb (community): europe → india, quorum

    ## Objectives

    | Fault | Data that may be lost (RPO) | Time until it works again (RTO) |
    | --- | --- | --- |
    | A region is lost | 1 m | 10 m |

    ## How long it takes

    detect 3 × 30 s = 1 m 30 s + decide (semi-automatic) 5 m + fence 30 s + promote 1 m + reroute 30 s = **8 m 30 s**. That is 1 m 30 s less than the objective of 10 m.

    A probe that hangs adds its timeout of 5 s.

    ## If europe is lost

    india takes over. It takes no writes until it is promoted.

    ### Failover to india

    #### 1. Find out what is lost

    **Before:** None. Run it from two networks that are not in any of the regions: one may be the thing that is broken.

    \`\`\`sh
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://api-eu.openova.io/health\\n' https://api-eu.openova.io/health
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://api-in.openova.io/health\\n' https://api-in.openova.io/health
    \`\`\`

    **Expect:** Every region but one says \`200\`. If all fail, the fault is in DNS, the edge or a release: a failover would not help, so do not start one.

    #### 2. Decide: india takes over from europe, or wait

    **Before:** europe is lost for more than 1 m 30 s, seen from two networks. A person decides; what the edge does on its own is said below.

    **Expect:** A name and a time in the incident channel. Waiting is right when europe is expected back sooner than the failover takes (see the arithmetic above). Users are already leaving: Cloudflare stops sending them to a region that fails its probes.

    #### 3. Write the decision down: india owns the writes, epoch 2

    **Before:** The decision is made. Nobody has raised the epoch since the table above: \`git pull\` first.

    \`\`\`sh
    git pull
    # regions/openova/platform.yaml: set primary: { region: india, epoch: 2 } in spec
    meridian validate
    git commit --all --message "openova: india takes over, epoch 2" && git push
    \`\`\`

    **Expect:** \`meridian plan openova\` shows india as the writer. If the forge is down too, commit locally and push later: nothing below needs it.

    **Undo:** \`git revert HEAD && git push\`, as long as nothing has been applied.

    #### 4. Stop PostgreSQL in europe, so that it can never take another write

    **Before:** The decision is committed. It does not matter whether europe answers.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-europe --namespace databases annotate cluster postgresql-europe --overwrite 'cnpg.io/fencedInstances=["*"]'
    \`\`\`

    **Expect:** \`annotated\`. If europe does not answer, the fence is unconfirmed: first do the step that reroutes, so that no user reaches europe, and let a full lease of 30 s pass. Then go on. When europe answers again, this command comes before anything else.

    **Undo:** \`kubectl --kubeconfig kubeconfig-europe --namespace databases annotate cluster postgresql-europe cnpg.io/fencedInstances-\`

    #### 5. MongoDB: form a majority in india by force

    > **POINT OF NO RETURN.** Members in europe that return roll back what they alone had. Majority writes (\`w: majority\`) may be among it: all of their majority was there.

    **Before:** No apply has run since the commit: it would start a second, empty replica set in india. 2 of 5 votes are left and 3 are needed, so no primary can be elected: MongoDB is read-only until this is done. europe must be cut off for certain: if its members still run, there will be two primaries.

    \`\`\`sh
    mongosh "mongodb://$MONGODB_ADMIN@mongo-india.openova.io:27020/?directConnection=true&tls=true" --eval 'cfg = rs.conf(); cfg.members = cfg.members.filter((m) => m.tags.region !== "europe"); rs.reconfig(cfg, { force: true })'
    mongosh "mongodb://$MONGODB_ADMIN@mongo-india.openova.io:27020/?directConnection=true&tls=true" --eval 'rs.status().members.map((m) => [m.name, m.stateStr])'
    \`\`\`

    **Expect:** One \`PRIMARY\` within 30 seconds.

    #### 6. Write down how far PostgreSQL in india got

    **Before:** india answers.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "select pg_last_xact_replay_timestamp(), now() - pg_last_xact_replay_timestamp() as behind"
    \`\`\`

    **Expect:** A time before the outage. Replication is asynchronous: writes acknowledged after it are lost if you go on. Compare with the RPO above and say the number in the incident channel.

    #### 7. Promote PostgreSQL in india

    > **POINT OF NO RETURN.** From here on the two databases differ. The old one can only come back as an empty replica that copies everything again.

    **Before:** The old writer is fenced or cut off from users, and the loss you wrote down is accepted by whoever decides.

    \`\`\`sh
    meridian apply openova --yes
    kubectl --kubeconfig kubeconfig-india --namespace databases wait cluster/postgresql-india --for=condition=Ready --timeout=5m
    kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "select pg_is_in_recovery()"
    \`\`\`

    **Expect:** \`f\`: postgresql-india takes writes. Stacks of the lost region fail until it is back, and those that wait for them are skipped; that is expected. Without Meridian, do by hand what it does: \`kubectl --kubeconfig kubeconfig-india --namespace databases patch cluster postgresql-india --type merge --patch '{"spec":{"replica":{"primary":"postgresql-india"}}}'\`

    #### 8. See a write survive in PostgreSQL in india

    **Before:** \`pg_is_in_recovery()\` said \`f\`.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "create table if not exists failover_proof (at timestamptz)"
    kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "insert into failover_proof values (now()) returning at"
    kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "select count(*) from failover_proof"
    \`\`\`

    **Expect:** A time and a count of at least 1.

    **Undo:** \`kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "drop table failover_proof"\`

    #### 9. Disable europe-pool

    **Before:** Cloudflare has probably stopped using it already. This keeps europe out while it comes and goes: a region that returns with old data must not take a write.

    \`\`\`sh
    POOL_ID=$(curl --silent --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools" | jq --raw-output '.result[] | select(.name == "europe-pool") | .id')
    curl --silent --request PATCH --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" --header "Content-Type: application/json" --data '{"enabled":false}' "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools/$POOL_ID"
    curl --silent --head https://api.openova.io/health
    \`\`\`

    **Expect:** \`"success": true\`, then \`200\` from india. The record is proxied: users follow within seconds, no DNS answer has to expire. An apply that changes the pool enables it again: apply nothing more until europe is well.

    **Undo:** \`curl --silent --request PATCH --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" --header "Content-Type: application/json" --data '{"enabled":true}' "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools/$POOL_ID"\`

    #### 10. Take the MongoDB members of europe back

    **Before:** They run, and their \`rollback/\` directories have been copied.

    \`\`\`sh
    mongosh "mongodb://$MONGODB_ADMIN@mongo-india.openova.io:27020/?directConnection=true&tls=true" --eval 'rs.add({ host: "mongo-europe.openova.io:27017", votes: 1, priority: 10, tags: { region: "europe" } })'
    mongosh "mongodb://$MONGODB_ADMIN@mongo-india.openova.io:27020/?directConnection=true&tls=true" --eval 'rs.add({ host: "mongo-europe.openova.io:27018", votes: 1, priority: 9, tags: { region: "europe" } })'
    mongosh "mongodb://$MONGODB_ADMIN@mongo-india.openova.io:27020/?directConnection=true&tls=true" --eval 'rs.add({ host: "mongo-europe.openova.io:27019", votes: 1, priority: 8, tags: { region: "europe" } })'
    mongosh "mongodb://$MONGODB_ADMIN@mongo-india.openova.io:27020/?directConnection=true&tls=true" --eval 'rs.status().members.map((m) => [m.name, m.stateStr])'
    \`\`\`

    **Expect:** 5 members, one \`PRIMARY\`, the others \`SECONDARY\`.

    **Undo:** Remove them again with \`rs.remove()\`.

    #### 11. Keep what PostgreSQL in europe had and nobody else has

    **Before:** europe answers again, its cluster is still fenced, and nothing has been applied to it.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-europe --namespace databases get pvc --selector cnpg.io/cluster=postgresql-europe
    # a VolumeSnapshot, or a copy of each volume, with the incident's name
    \`\`\`

    **Expect:** A copy of each volume. Rebuilding the replica deletes these writes for good; without the copy nobody can say which they were.

    #### 12. Say that it is over

    **Before:** Users are served by india for ten minutes without new errors.

    **Expect:** slack (secret slack-webhook) know: when it broke, when it was well, what was lost. The numbers go into the incident's record, next to the objectives.

    ### Going back to europe

    Not tonight. A planned change with people awake, after the incident is closed.

    #### 1. Wait until europe stays well

    **Before:** europe answers its health check.

    \`\`\`sh
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://api-eu.openova.io/health\\n' https://api-eu.openova.io/health
    curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{http_code}  https://api-in.openova.io/health\\n' https://api-in.openova.io/health
    \`\`\`

    **Expect:** 5 m without a failure. Nothing returns on its own.

    #### 2. Rebuild PostgreSQL in europe as a replica of india

    > **POINT OF NO RETURN.** What only europe had is deleted. The copy of its volumes is all that is left of it.

    **Before:** europe has been healthy for the time above, its volumes have been copied, and nothing has been applied to it since the failover.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-europe --namespace databases delete cluster postgresql-europe
    meridian apply openova --yes
    kubectl --kubeconfig kubeconfig-india --namespace databases exec svc/postgresql-india-rw -c postgres -- psql --dbname app --command "select application_name, replay_lag from pg_stat_replication"
    \`\`\`

    **Expect:** A row for europe whose \`replay_lag\` stays below a second for ten minutes.

    #### 3. Demote PostgreSQL in india and take its token

    **Before:** Users are told that writes pause for a minute or two. The lag is below a second.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-india --namespace databases patch cluster postgresql-india --type merge --patch '{"spec":{"replica":{"primary":"postgresql-europe"}}}'
    kubectl --kubeconfig kubeconfig-india --namespace databases get cluster postgresql-india --output jsonpath='{.status.demotionToken}'
    \`\`\`

    **Expect:** A token: one long line. Nobody takes writes until it is used.

    **Undo:** \`kubectl --kubeconfig kubeconfig-india --namespace databases patch cluster postgresql-india --type merge --patch '{"spec":{"replica":{"primary":"postgresql-india"}}}'\`

    #### 4. Promote PostgreSQL in europe with the token

    **Before:** You hold the token.

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-europe --namespace databases patch cluster postgresql-europe --type merge --patch '{"spec":{"replica":{"primary":"postgresql-europe","promotionToken":"TOKEN"}}}'
    kubectl --kubeconfig kubeconfig-europe --namespace databases exec svc/postgresql-europe-rw -c postgres -- psql --dbname app --command "select pg_is_in_recovery()"
    \`\`\`

    **Expect:** \`f\`. It replayed everything india had before it took its first write: nothing is lost, nothing needs a rebuild.

    **Undo:** The same two steps with india and europe exchanged.

    #### 5. Write it down: europe owns the writes again, epoch 3

    **Before:** The data in europe is as new as in india.

    \`\`\`sh
    # regions/openova/platform.yaml: set primary: { region: europe, epoch: 3 } in spec
    git commit --all --message "openova: back to europe, epoch 3" && git push
    meridian apply openova --yes
    \`\`\`

    **Expect:** \`meridian plan openova\` has nothing left to do.

    **Undo:** Revert the commit and apply again.

    #### 6. Enable europe-pool

    **Before:** europe answers its health check, its data is up to date, and it is quiet enough to watch.

    \`\`\`sh
    POOL_ID=$(curl --silent --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools" | jq --raw-output '.result[] | select(.name == "europe-pool") | .id')
    curl --silent --request PATCH --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" --header "Content-Type: application/json" --data '{"enabled":true}' "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools/$POOL_ID"
    curl --silent --head https://api.openova.io/health
    \`\`\`

    **Expect:** \`"success": true\`, then \`200\`. Watch errors for ten minutes.

    **Undo:** \`curl --silent --request PATCH --header "Authorization: Bearer $CLOUDFLARE_API_TOKEN" --header "Content-Type: application/json" --data '{"enabled":false}' "https://api.cloudflare.com/client/v4/accounts/$CLOUDFLARE_ACCOUNT_ID/load_balancers/pools/$POOL_ID"\`

    ## If india is lost

    No writes move. Do not fail over.

    - Its 50 % of the users go to the other regions within a probe's failures and the DNS answer's life: see that those have room.
    - PostgreSQL goes on. It keeps WAL for the lost replica: watch the disk of europe.
    - MongoDB keeps its primary: 3 votes are left, 3 are needed.
    - Until it is back there is nobody to fail over to from europe: postpone releases and anything else that is not urgent.

    ## If data is wrong

    - Replication copies mistakes as fast as it copies data. A failover does not help.
    - Stop whatever writes the wrong data, and write down the last minute in which all was well.
    - Restore beside the running data, compare, then copy back what is missing. Never restore over it.

    **PostgreSQL** can go back to any second of the last 30 days, into a new Cluster with \`bootstrap.recovery\` and a \`recoveryTarget.targetTime\`. What there is:

    \`\`\`sh
    kubectl --kubeconfig kubeconfig-europe --namespace databases get backups.postgresql.cnpg.io --sort-by .status.stoppedAt
    \`\`\`

    **MongoDB** has no backup that the manifests know of.

    ## People and alerts

    | Channel | Kind | Where |
    | --- | --- | --- |
    | slack | slack | secret slack-webhook |
    "
  `);
});
