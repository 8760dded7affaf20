/** A stack's state as Pulumi writes it, as far as Meridian reads it; everything else is carried along. */

/** One resource of a deployment. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly protect?: boolean;
  /** Replaced, and waiting to be deleted. */
  readonly delete?: boolean;
  readonly dependencies?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** What an engine had begun when it was last seen. */
export interface PendingOperation {
  readonly resource: StateResource;
  readonly type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

export interface Deployment {
  readonly manifest?: { readonly time?: string };
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly PendingOperation[];
}

/** A checkpoint file. */
export interface Checkpoint {
  readonly version: number;
  readonly checkpoint: { readonly stack?: string; readonly latest?: Deployment | null };
}

/** Undefined unless the text is a whole checkpoint of a version this code knows. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  try {
    const value = JSON.parse(text) as Partial<Checkpoint> | null;
    const { version, checkpoint } = value ?? {};
    if (typeof version !== "number" || typeof checkpoint !== "object") return undefined;
    const resources: unknown = checkpoint.latest?.resources ?? [];
    return Array.isArray(resources) ? (value as Checkpoint) : undefined;
  } catch {
    return undefined;
  }
}
