/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.(ts|m?js)$": ["@swc/jest"] },
  // These packages ship ES modules only.
  transformIgnorePatterns: ["/node_modules/(?!(d3-geo|d3-array|internmap)/)"],
  testTimeout: 30_000,
  maxWorkers: 2,
};
