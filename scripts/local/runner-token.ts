import { keptToken } from "./kept-token.ts";

/** The token that runners connect with; it opens nothing else. */
export function runnerToken(stateDir: string): string {
  return keptToken(stateDir, { variable: "CALLSHEET_RUNNER_TOKEN", file: "runner-token", prefix: "cs_runner_" });
}
