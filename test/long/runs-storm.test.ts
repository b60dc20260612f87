import { runsStorm } from "../journeys/support/runs-storm.ts";

runsStorm({
  runs: 2000,
  runners: 3,
  registryKills: 2,
  runnerKillMs: { least: 4000, most: 12_000 },
  timeoutMs: 1_600_000,
});
