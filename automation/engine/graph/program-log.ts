import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";

type Severity = "info" | "warning" | "error";

const severities: Readonly<Record<number, Severity>> = {
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
};

type Answer = (error: Error | null, response: object) => void;

/** Stands where a program's log lines go, which would otherwise be printed. */
export class ProgramLog {
  readonly errors: string[] = [];

  constructor(private readonly onLine: (severity: Severity, text: string) => void) {}

  log(request: LogRequest, answer: Answer): void {
    const severity = severities[request.getSeverity()];
    if (severity === "error") this.errors.push(request.getMessage());
    if (severity !== undefined) this.onLine(severity, request.getMessage());
    answer(null, {});
  }

  setRootResource(_: unknown, answer: Answer): void {
    answer(null, {});
  }

  close(): void {
    // There is no connection to close.
  }
}
