/** `postgresql-europe`: unique in the topology, so that every region can name every other's cluster. */
export const clusterName = (region: string): string => `postgresql-${region}`;

/** `query-europe-1`: a copy for queries follows one writer of one epoch for life. */
export const queryClusterName = (writer: string, epoch: number): string => `query-${writer}-${String(epoch)}`;
