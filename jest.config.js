/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.(ts|m?js)$": ["@swc/jest"] },
  // These packages ship ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(d3-geo|d3-array|internmap)/)"],
  // Pulumi keeps a store on the global object; cleaning it between files only warns.
  testEnvironmentOptions: { globalsCleanup: "off" },
  testTimeout: 30_000,
  maxWorkers: 2,
};
