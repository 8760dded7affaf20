import { secretError } from "./secret-error";

const PREFIX = "MERIDIAN_SECRET_";

/** The environment variable of a secret: `postgres-password` is `MERIDIAN_SECRET_POSTGRES_PASSWORD`. */
export const variableOf = (name: string): string => PREFIX + name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");

/** Refuses names that could leave a folder or mean another file than they say. */
export function checkName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,251}$/.test(name)) return name;
  throw secretError("MRD8005", `${JSON.stringify(name)} cannot be the name of a secret`);
}
