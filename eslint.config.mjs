import importX, { createNodeResolver } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

const PURE = ["automation/manifest/**/*.ts", "automation/fleet/**/*.ts", "policies/*/rules/**/*.ts"];
const noEffects = {
  group: ["@pulumi/*", "node:*", "fs", "path", "os", "child_process", "crypto", "http", "https"],
  message: "The pure half takes data and returns data: effects live at the edges.",
};
const impureGlobals = ["Date", "fetch", "process", "console", "setTimeout", "setInterval", "performance"];
const barrels = ["aws", "azure-native", "cloudflare", "kubernetes"].map((name) => ({
  name: `@pulumi/${name}`,
  message: `Import deep (@pulumi/${name}/…): the barrel costs seconds and gigabytes.`,
}));

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", ".meridian/", "schemas/", "**/generated/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: { "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".json"] })] },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      // An async method without await turns what it throws into a rejection: callers count on that.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-default-export": "error",
      "max-lines": ["error", 300],
      "no-restricted-imports": ["error", { paths: barrels }],
      "no-restricted-syntax": ["error", { selector: "TSEnumDeclaration", message: "A union reads better." }],
      eqeqeq: "error",
    },
  },
  {
    files: PURE,
    rules: {
      "no-restricted-imports": ["error", { paths: barrels, patterns: [noEffects] }],
      "no-restricted-globals": ["error", ...impureGlobals],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Chance is an argument." },
      ],
    },
  },
  {
    // jest's own types make these noisy without finding anything.
    files: ["test/**/*.ts"],
    rules: {
      "max-lines": ["error", 600],
      "@typescript-eslint/unbound-method": "off",
    },
  },
);
