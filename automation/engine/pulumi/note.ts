/** What an apply writes into Pulumi's own history, so that it is true exactly when the update is. */

/** `spec 9f3c… run 4f1e… token 12`. */
export const noteOf = (specHash: string, run: string, token: number): string =>
  `spec ${specHash} run ${run} token ${token}`;

/** The hash of the StackSpec that was applied. */
export const hashInNote = (note: string): string | undefined => /^spec (\S+) /.exec(note)?.[1];
