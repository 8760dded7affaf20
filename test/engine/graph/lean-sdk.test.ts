import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../../..");
const LEAN = 'require("./dist/automation/engine/graph/lean-sdk.js");';

/** What a Node process of its own prints: jest keeps modules its own way. */
const node = (script: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" }));

const LOADED = `
require("@pulumi/pulumi");
const names = Object.keys(require.cache).map((file) => file.replaceAll("\\\\", "/"));
const heavy = [
  "/typescript/lib/typescript.js",
  "/@npmcli/arborist/lib/arborist/index.js",
  "/@pulumi/pulumi/automation/stack.js",
];
console.log(JSON.stringify(heavy.filter((end) => names.some((name) => name.endsWith(end)))));
`;

test.each([
  { name: "as it is, the SDK loads all of them", script: LOADED, loaded: 3 },
  { name: "behind the lean one, none", script: LEAN + LOADED, loaded: 0 },
])("$name", ({ script, loaded }) => {
  expect(node(script)).toHaveLength(loaded);
});

test("what is left for later is there when it is used", () => {
  const script = `
const { runtime } = require("@pulumi/pulumi");
const { Arborist } = require("module").createRequire(require.resolve("@pulumi/pulumi"))("@npmcli/arborist");
const four = 4;
runtime.serializeFunction(() => four).then(({ text }) => {
  console.log(JSON.stringify({ four: /four[ =:]+4/.test(text), arborist: typeof Arborist }));
});
`;
  expect(node(LEAN + script)).toEqual({ four: true, arborist: "function" });
});
