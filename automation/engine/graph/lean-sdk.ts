/**
 * Makes the Pulumi SDK load in half the time; import it before the SDK.
 *
 * The SDK serializes functions with TypeScript and npm's package reader, and has an Automation API with an
 * HTTP client of its own, and loads all of them at once. No stack of ours needs any, so each is loaded when
 * something of it is first used.
 */
import { createRequire, Module } from "node:module";

const ofSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

function loadLate(name: string): void {
  const file = ofSdk.resolve(name);
  if (require.cache[file] !== undefined) return;
  let loaded: object | undefined;
  const whole = (): object => {
    if (loaded === undefined) {
      delete require.cache[file];
      loaded = ofSdk(name) as object;
    }
    return loaded;
  };
  const late = new Module(file);
  late.exports = new Proxy(
    {},
    {
      // What compiled imports ask of every module is no use of it yet.
      get: (_, key) => (key === "__esModule" ? true : (Reflect.get(whole(), key) as unknown)),
      has: (_, key) => Reflect.has(whole(), key),
    },
  );
  late.loaded = true;
  require.cache[file] = late;
}

for (const name of ["./automation/index.js", "./typescript-shim.js", "@npmcli/arborist"]) loadLate(name);
