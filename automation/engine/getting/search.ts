/** What is being done, for whoever waits. */
export interface PulumiProgress {
  readonly phase: "waiting" | "downloading" | "fetching modules" | "compiling" | "ready";
  /** A line worth showing, for example `1,020 of 1,463 packages`. */
  readonly text: string;
  /** Seconds since the beginning. */
  readonly elapsed: number;
}

/** What a way needs. */
export interface Search {
  readonly cacheDir: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly tell: (phase: PulumiProgress["phase"], text: string) => void;
}
