import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// rules     pure code, in Node
// workerd   routes and operations inside the real runtime, against local D1, KV, R2 and Durable Objects
// journeys  the whole registry as a process of its own, by HTTP and by CLI: restarts, kills, several isolates
// browser   the console and the reference page in headless Chromium
// long      the same, at full length: `npm run test:long`
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "rules",
          isolate: false,
          environment: "node",
          include: ["test/{contract,domain,operations,analyzer,cli,client,docs}/**/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: { CALLSHEET_ADMIN_TOKEN: "test-admin-token", ENVIRONMENT: "test" },
              workers: inject("calledWorkers"),
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["test/{bindings,http,worker,sandbox}/**/*.test.ts"],
          globalSetup: ["test/workerd-setup.ts"],
          setupFiles: ["test/apply-migrations.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "journeys",
          environment: "node",
          include: ["test/journeys/**/*.test.ts"],
          globalSetup: ["test/journeys/bundle-once.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "browser",
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/build-once.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "long",
          environment: "node",
          include: ["test/long/**/*.test.ts"],
          globalSetup: ["test/journeys/bundle-once.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
