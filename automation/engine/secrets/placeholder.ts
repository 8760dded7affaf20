import { createHash } from "node:crypto";
import type { SecretSource } from "../engine";

/** What stands for a secret nobody provided where nothing real is touched: the same for the same name. */
export const placeholderSecret: SecretSource = ({ secret }) =>
  `sandbox-${createHash("sha256").update(`meridian placeholder ${secret}`).digest("hex").slice(0, 24)}`;
