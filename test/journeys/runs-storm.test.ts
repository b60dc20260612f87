import { runsStorm } from "./support/runs-storm.ts";

runsStorm({ runs: 40, runners: 3, registryKills: 1, runnerKillMs: { least: 2000, most: 4000 }, timeoutMs: 150_000 });
