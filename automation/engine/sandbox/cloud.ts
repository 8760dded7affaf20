import type { Properties } from "./values";

/** What a provider resource was configured with, as plain text by key (`context`, `subscriptionId`). */
export type Settings = Readonly<Record<string, string>>;

/** One resource as a cloud sees it. Inputs hold no secret marks. */
export interface Asked {
  readonly type: string;
  /** The name in the program, not in the cloud. */
  readonly name: string;
  readonly inputs: Properties;
  readonly settings: Settings;
  /** Project and stack: generated names and ids of two stacks differ, and those of one never change. */
  readonly seed?: string;
}

/** A resource that must exist first. */
export interface Parent {
  readonly key: string;
  /** In the words of the API, for example `namespaces "shop" not found`. */
  readonly missing: string;
}

/** A property that the cloud would refuse. */
export interface Problem {
  readonly property: string;
  readonly reason: string;
}

/** What `contains` is asked about. */
export interface Place {
  readonly key: string;
  readonly id: string;
}

/** Answers a provider function; undefined when there is no such function. */
export type Invoke = (token: string, args: Properties, settings: Settings) => Properties | undefined;

/**
 * All that the sandbox knows of one cloud. Pure: the same questions get the same answers in a provider
 * process and in the graph engine.
 */
export interface Cloud {
  readonly name: string;
  /** Turns a provider's configuration into settings. */
  readonly settings: (config: Properties) => Settings;
  /** Settings that mean another cloud altogether when they change, so that all resources move. */
  readonly identitySettings: readonly string[];
  /** Fills in what the provider fills in: names, namespaces, locations. `olds` keeps names stable. */
  readonly complete: (asked: Asked, olds?: Properties) => Properties;
  readonly problems: (asked: Asked) => readonly Problem[];
  /** A path such as `spec.selector` that cannot be changed in place. */
  readonly forcesReplacement: (type: string, path: string) => boolean;
  /** The id the cloud gives it; the inputs must be complete. */
  readonly idOf: (asked: Asked) => string;
  /** The identity in the world, where no two live resources share one. */
  readonly keyOf: (type: string, id: string, settings: Settings, properties: Properties) => string;
  readonly parents: (asked: Asked, id: string) => readonly Parent[];
  /** True for namespaces, resource groups and the like: deleting one deletes what is in it. */
  readonly holdsOthers: (type: string) => boolean;
  /** True when deleting `parent` deletes `child` with it. */
  readonly contains: (parent: Place, child: Place) => boolean;
  /** Everything the cloud answers; `olds` are the outputs before an update. */
  readonly shape: (asked: Asked, id: string, olds?: Properties) => Properties;
  /** Top-level outputs that are secret whatever the inputs. */
  readonly secretOutputs: (type: string) => readonly string[];
  readonly invoke: Invoke;
}
