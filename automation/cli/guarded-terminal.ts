/** The one place where text leaves the process: every secret value it knows of is blacked out. */
import type { SecretSource } from "../engine/engine";
import { SECRET_VARIABLE } from "../engine/secrets/environment";
import { Redactor } from "../engine/secrets/redactor";
import { secretsFrom } from "../engine/secrets/sources";
import type { Terminal } from "./terminal";

export interface GuardedTerminal extends Terminal {
  /** Looks a secret up, and from then on keeps its value out of everything written. */
  readonly secrets: SecretSource;
  /** Knows every value that must not be written. */
  readonly redactor: Redactor;
  /** Gives stderr to lines redrawn in place: what others write meanwhile is handed over, masked. */
  readonly takeStderr: (others: (text: string) => void) => TakenStream;
}

/** A stream that one writer has to itself for a while. */
export interface TakenStream {
  readonly write: (text: string) => void;
  readonly release: () => void;
}

/** The same stream, with every write masked; terminal abilities (columns, cursor) stay. */
function masked<S extends Terminal["stdout"]>(
  stream: S,
  redactor: Redactor,
  takenBy: () => ((text: string) => void) | undefined = () => undefined,
): S {
  return new Proxy(stream, {
    get(target, key) {
      if (key === "write") {
        return (chunk: string | Uint8Array, ...rest: []) => {
          const text = typeof chunk === "string" ? redactor.text(chunk) : chunk;
          const others = takenBy();
          if (others === undefined || typeof text !== "string") return target.write(text, ...rest);
          others(text);
          return true;
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/** A terminal that cannot print a secret it knows. */
export function guardedTerminal(terminal: Terminal): GuardedTerminal {
  const known = Object.entries(terminal.env).filter(([name]) => SECRET_VARIABLE.test(name));
  const redactor = new Redactor(known.flatMap(([, value]) => value ?? []));
  let others: ((text: string) => void) | undefined;
  const stderr = masked(terminal.stderr, redactor, () => others);
  const source = secretsFrom(terminal.env, { warn: (text) => void stderr.write(`warning: ${text}\n`) });
  return {
    ...terminal,
    redactor,
    stdout: masked(terminal.stdout, redactor),
    stderr,
    takeStderr: (given) => {
      others = given;
      return {
        write: (text) => void terminal.stderr.write(redactor.text(text)),
        release: () => (others = undefined),
      };
    },
    secrets: (ref) => {
      const value = source(ref);
      if (value !== undefined) redactor.learn([value]);
      return value;
    },
  };
}
