/** What the router knows of a request: all that may decide where it goes. */
export interface RequestFacts {
  readonly kind: "read" | "write";
  /** A read that must see every write before it. */
  readonly strong: boolean;
  readonly workspace?: string;
  /** Only as a platform that is known says it. */
  readonly country?: string;
  /** Requests with the same key go the same way while a region comes back by steps. */
  readonly key: string;
}

/** What the router knows of a region now. */
export interface RegionView {
  readonly down: boolean;
  /** Of its own requests, 0 to 1: less than 1 while it comes back. */
  readonly share: number;
  /** Its circuit is open: it is not asked at all. */
  readonly open: boolean;
  /** Seconds its copy is behind. */
  readonly lag?: number;
}

export interface RouterState {
  /** A region that is missing is unknown, and unknown is well. */
  readonly regions: ReadonlyMap<string, RegionView>;
  /** The highest epoch of each cell that anybody was heard to own it under. */
  readonly epochs: ReadonlyMap<string, number>;
}

export interface Forward {
  readonly kind: "forward";
  readonly region: string;
  /** Where a read that fails is tried again, in order. */
  readonly also: readonly string[];
  readonly cell: string;
  readonly epoch: number;
  /** Whether that region owns the cell's writes; another's answer may be behind. */
  readonly owners: readonly string[];
  /** Nothing is known to be well: the best guess is tried rather than nobody. */
  readonly failStatic: boolean;
}

export type RefusalCode =
  | "ambiguous-workspace"
  | "no-owner"
  | "no-region"
  | "no-table"
  | "outside-jurisdiction"
  | "stale-table"
  | "unknown-workspace";

export interface Refusal {
  readonly kind: "refuse";
  readonly status: 400 | 404 | 421 | 503;
  readonly code: RefusalCode;
  readonly message: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

export type Decision = Forward | Refusal;
