import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// rules     pure code, in Node
// workerd   routes and operations inside the real runtime, against local D1, KV, R2 and Durable Objects
// workerd-alone   the same, each file with a workerd and storage of its own
// runner    the runner's own tests, by pytest
// journeys  the whole registry as a process of its own, by HTTP, by CLI and by OCI clients: restarts, kills, several isolates, conformance
// browser   the console and the reference page in headless Chromium
// long      the same, at full length: `npm run test:long`

/** Tests that look at everything there is, count it, or take the same names as others. */
const needOwnStorage = [
  "test/bindings/d1/pull-announcements.test.ts",
  "test/http/{admin*,audit*,catalogue,catalogue-at-scale,functions-reading,fuzz-requests,openapi,quick-lookup,register-batch}.test.ts",
  "test/http/run-*.test.ts",
  "test/http/{entities-page,edge-run*,file*,garbage*,runs,upload*}.test.ts",
  "test/worker/{consume-jobs,effects,hub,owed-effects,analyzer-outage,sweep-*}.test.ts",
];
const inWorkerd = cloudflareTest(({ inject }) => ({
  wrangler: { configPath: "./wrangler.toml" },
  miniflare: {
    bindings: {
      CALLSHEET_ADMIN_TOKEN: "test-admin-token",
      ENVIRONMENT: "test",
      ANONYMOUS_PUSH: "false",
      RATE_LIMITS: "off",
    },
    workers: inject("calledWorkers"),
  },
}));
const workerdTests = {
  globalSetup: ["test/workerd-setup.ts"],
  setupFiles: ["test/apply-migrations.ts"],
  testTimeout: 60_000,
};

/** Journeys wait for their processes half of the time; more of them at once would wait for each other. */
const twoAtOnce = { maxWorkers: 2, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    // The registry's log has a line for everyone who is turned away, and tests turn many away.
    onConsoleLog: (log) => !log.startsWith('{"level":"warn","request_id"'),
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
        plugins: [inWorkerd],
        test: {
          ...workerdTests,
          name: "workerd",
          include: ["test/{bindings,http,worker,sandbox}/**/*.test.ts"],
          exclude: needOwnStorage,
          // Starting workerd and loading the registry into it takes longer than most files: those that do not mind share both.
          isolate: false,
        },
      },
      {
        plugins: [inWorkerd],
        test: { ...workerdTests, name: "workerd-alone", include: needOwnStorage },
      },
      {
        test: {
          name: "journeys",
          environment: "node",
          include: ["test/{journeys,conformance}/**/*.test.ts"],
          exclude: ["test/journeys/runner-python.test.ts"],
          globalSetup: ["test/journeys/bundle-once.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          ...twoAtOnce,
        },
      },
      {
        // A project of its own, so that it runs beside the others: it takes as long as they do.
        test: { name: "runner", environment: "node", include: ["test/journeys/runner-python.test.ts"] },
      },
      {
        test: {
          name: "browser",
          environment: "node",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["test/browser/build-once.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...twoAtOnce,
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
