/** From a request to what may decide where it goes. Nothing else of it does: no cookie, no body. */
import type { CountryPlatform, RoutingTable } from "../../../automation/fleet/specs/cloudflare/routing-table";
import { type HeaderOf, trustedCountry } from "./country";
import type { Refusal, RequestFacts } from "./decision";
import { refuse } from "./route";

export interface RequestLine {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly header: HeaderOf;
  /** The platform that is known to have sent it. */
  readonly platform: CountryPlatform | undefined;
}

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
/** `/workspaces/acme`, `/api/v1/workspaces/acme/files`. */
const IN_PATH = /^(?:\/api)?(?:\/v\d+)?\/workspaces\/([^/?#]+)/;

/** Names a workspace in a request. */
export const WORKSPACE_HEADER = "meridian-workspace";
/** `strong`: the answer must hold every write that was acknowledged before. */
export const CONSISTENCY_HEADER = "meridian-consistency";

/** A name may stand in three places: in each that has one it must be the same. */
function workspaceOf({ header, host, path }: RequestLine, hostname: string): readonly string[] {
  const names: string[] = [];
  const named = header(WORKSPACE_HEADER);
  if (named !== null) names.push(named);
  const inPath = IN_PATH.exec(path)?.[1];
  if (inPath !== undefined) names.push(inPath);
  if (host.length > hostname.length && host.endsWith(`.${hostname}`)) {
    names.push(host.slice(0, -hostname.length - 1));
  }
  return names;
}

export function factsOf(line: RequestLine, table: RoutingTable): RequestFacts | Refusal {
  const names = workspaceOf(line, table.hostname);
  const [workspace] = names;
  if (names.some((name) => name !== workspace)) {
    return refuse(400, "ambiguous-workspace", "the request names more than one workspace");
  }
  const country = trustedCountry(table, line.platform, line.header);
  return {
    kind: READS.has(line.method) ? "read" : "write",
    // A connection that is kept open carries writes too.
    strong: line.header(CONSISTENCY_HEADER) === "strong" || line.header("upgrade") !== null,
    key: workspace ?? line.header("cf-connecting-ip") ?? "",
    ...(workspace === undefined ? {} : { workspace }),
    ...(country === undefined ? {} : { country }),
  };
}
