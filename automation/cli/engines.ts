import { join } from "node:path";
import type { Engine } from "../engine/engine";
import { homeOf } from "./paths";
import type { Terminal } from "./terminal";

export type EngineName = Engine["name"];
