/** How much is measured: `npm run bench` takes minutes, `--quick` about one. */
export interface Plan {
  sizes: readonly number[];
  ways: readonly ("exact" | "range" | "tag" | "latest")[];
  keySets: readonly ("hot" | "uniform")[];
  /** Names that memory surely holds all; beyond, the uniform key set is asked only in `missingWays`. */
  fitsInMemory: number;
  missingWays: readonly ("exact" | "range")[];
  rounds: number;
  roundMs: number;
  latencyMs: number;
  resolveIterations: number;
  publishes: number;
  validationRuns: number;
  matches: number;
  starts: number;
  dispatches: number;
  dispatchedInARow: number;
  edgeCalls: number;
  analyses: number;
  functionJobs: number;
  /** Repositories, and tags of one repository. */
  ociSizes: readonly number[];
  ociPushes: number;
  workflowRounds: number;
  workflowRoundMs: number;
  changes: number;
  pushes: number;
}

export const fullPlan: Plan = {
  sizes: [1000, 10_000],
  ways: ["exact", "range", "tag", "latest"],
  keySets: ["hot", "uniform"],
  fitsInMemory: 1000,
  missingWays: ["exact"],
  rounds: 12,
  roundMs: 150,
  latencyMs: 2000,
  resolveIterations: 200_000,
  publishes: 200,
  validationRuns: 50,
  matches: 500,
  starts: 9,
  dispatches: 500,
  dispatchedInARow: 2000,
  edgeCalls: 300,
  analyses: 500,
  functionJobs: 20,
  ociSizes: [1000, 10_000],
  ociPushes: 200,
  workflowRounds: 6,
  workflowRoundMs: 700,
  changes: 300,
  pushes: 50,
};

export const quickPlan: Plan = {
  ...fullPlan,
  sizes: [1000],
  ways: ["exact", "range"],
  rounds: 6,
  roundMs: 120,
  latencyMs: 1000,
  publishes: 64,
  validationRuns: 20,
  matches: 100,
  starts: 3,
  dispatches: 200,
  dispatchedInARow: 500,
  edgeCalls: 60,
  analyses: 100,
  functionJobs: 5,
  ociSizes: [1000],
  ociPushes: 40,
  workflowRounds: 3,
  workflowRoundMs: 500,
  changes: 100,
  pushes: 10,
};
