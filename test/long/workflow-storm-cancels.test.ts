import { workflowStorm } from "./support/workflow-storm.ts";

const kills = {
  registryKillMs: { least: 500, most: 5000 },
  runnerKillMs: { least: 3000, most: 9000 },
  timeoutMs: 1_200_000,
};

workflowStorm({ runs: 40, registryKills: 8, cancelled: 0.6, ...kills });
