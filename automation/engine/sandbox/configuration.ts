import type { Cloud, Settings } from "./cloud";
import { differences, topLevel } from "./difference";
import { Faults } from "./faults";
import type { Change } from "./knowledge";
import type { Session } from "./lifecycle";
import { sandboxError } from "./sandbox-error";
import { Trouble } from "./trouble";
import { hasUnknown, revealAll, sameValue, UNKNOWN, type Properties } from "./values";
import { World } from "./world";

/** What a provider process is told from outside. */
export interface Environment {
  /** The folder of the world; undefined is an error only once a resource is touched. */
  readonly world: string | undefined;
  /** Faults as JSON, besides those in the world's faults.json. */
  readonly faults: string | undefined;
  /** The version it claims, that of the SDK. */
  readonly version: string;
}

/** The configuration of one provider process: settings, and the session resources are handled in. */
export class Configuration {
  settings: Settings;
  private readonly stop = new AbortController();
  private opened: Session | undefined;

  constructor(
    private readonly cloud: Cloud,
    private readonly environment: Environment,
  ) {
    this.settings = cloud.settings({});
  }

  configure(config: Properties): void {
    this.settings = this.cloud.settings(known(config));
    this.opened = undefined;
  }

  /** Wakes what is waiting; what is being written is finished. */
  cancel(): void {
    this.stop.abort();
  }

  get session(): Session {
    this.opened ??= this.open();
    return this.opened;
  }

  /** Another cluster or subscription means that every resource moves; anything else is an update. */
  diff(olds: Properties, news: Properties): Change {
    const found = differences(revealAll(olds), revealAll(news));
    const changed = [...new Set(found.map(({ path }) => topLevel(path)))].sort();
    const [before, after] = [this.cloud.settings(known(olds)), this.cloud.settings(known(news))];
    const moves =
      !hasUnknown(news) && this.cloud.identitySettings.some((name) => !sameValue(before[name], after[name]));
    return { differences: found, changed, replaces: moves ? found.map(({ path }) => path) : [] };
  }

  private open(): Session {
    const folder = this.environment.world;
    if (folder === undefined || folder === "")
      throw sandboxError("MRD7001", "MERIDIAN_WORLD names no folder");
    const trouble = new Trouble(new Faults(folder, this.environment.faults), this.stop.signal);
    return { cloud: this.cloud, world: new World(folder), settings: this.settings, trouble };
  }
}

/** Without what is known only after an apply. */
const known = (config: Properties): Properties =>
  Object.fromEntries(Object.entries(revealAll(config)).filter(([, value]) => value !== UNKNOWN));
