/** The outside world as one verb sees it; tests pass their own. */
export interface Terminal {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: NodeJS.WriteStream | NodeJS.WritableStream;
  readonly stderr: NodeJS.WriteStream | NodeJS.WritableStream;
  /** Seconds since an arbitrary moment. */
  readonly now: () => number;
}

export const realTerminal = (): Terminal => ({
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => performance.now() / 1_000,
});

/** True when a person is looking: colours and live progress are for them. */
export const isInteractive = (stream: Terminal["stderr"]): boolean =>
  "isTTY" in stream && stream.isTTY === true;

/** Colour on a terminal, unless NO_COLOR says otherwise. */
export const hasColour = ({ env, stderr }: Terminal): boolean =>
  isInteractive(stderr) && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
