import { Writable } from "node:stream";
import { type GuardedTerminal, guardedTerminal } from "../../../automation/cli/guarded-terminal";

/** A terminal in memory, its clock moved by hand. */
export interface FakeTerminal {
  readonly terminal: GuardedTerminal;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly passTo: (seconds: number) => void;
}

interface Abilities {
  readonly env?: Readonly<Record<string, string>>;
  /** Of a terminal a person looks at; without it the streams are pipes. */
  readonly columns?: number;
}

function collector({ columns }: Abilities) {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns, rows: 24 });
  return { stream, text: () => chunks.join("") };
}

export function fakeTerminal(abilities: Abilities): FakeTerminal {
  const [out, error] = [collector(abilities), collector(abilities)];
  let now = 0;
  const terminal = guardedTerminal({
    cwd: "/nowhere",
    env: abilities.env ?? {},
    stdout: out.stream,
    stderr: error.stream,
    now: () => now,
  });
  return { terminal, stdout: out.text, stderr: error.text, passTo: (seconds) => (now = seconds) };
}
