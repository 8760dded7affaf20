import { join } from "node:path";
import type { Target } from "../engine";
import { namesIn, readJson, removeFile, writeJson } from "./disk";
import type { AppliedGraph, GraphPlace, GraphStore } from "./graph-store";

const FORMAT = 1;
const SUFFIX = ".json";

/** Keeps each applied graph in `<folder>/<target>/<platform>/<stack>.json`. */
export class FolderGraphStore implements GraphStore {
  constructor(private readonly folder: string) {}

  readonly read = (place: GraphPlace): AppliedGraph | undefined => {
    const found = readJson(idOf(place), this.fileOf(place), isRecord);
    return found === undefined ? undefined : graphOf(found);
  };

  readonly write = (place: GraphPlace, graph: AppliedGraph): void => {
    writeJson(idOf(place), this.fileOf(place), { format: FORMAT, ...graph });
  };

  readonly remove = (place: GraphPlace): void => {
    removeFile(idOf(place), this.fileOf(place));
  };

  readonly stacks = (target: Target, platform: string): readonly string[] =>
    namesIn(platform, this.platformFolder(target, platform))
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => decodeURIComponent(name.slice(0, -SUFFIX.length)));

  private platformFolder(target: Target, platform: string): string {
    return join(this.folder, target, fileName(platform));
  }

  private fileOf({ target, platform, stack }: GraphPlace): string {
    return join(this.platformFolder(target, platform), `${fileName(stack)}${SUFFIX}`);
  }
}

const idOf = ({ platform, stack }: GraphPlace): string => `${platform}/${stack}`;

/** Names come from manifests, where the schema admits no dots or slashes; this holds for any caller. */
const fileName = (name: string): string => encodeURIComponent(name).replaceAll(".", "%2E");

type AppliedRecord = AppliedGraph & { readonly format: typeof FORMAT };

const graphOf = ({ stack, specHash, updatedAt, resources }: AppliedRecord): AppliedGraph => ({
  stack,
  specHash,
  updatedAt,
  resources,
});

function isRecord(value: unknown): value is AppliedRecord {
  if (typeof value !== "object" || value === null) return false;
  const { format, stack, specHash, updatedAt, resources } = value as Partial<Record<string, unknown>>;
  const texts = [stack, specHash, updatedAt];
  return format === FORMAT && texts.every((text) => typeof text === "string") && Array.isArray(resources);
}
