import { expect, onTestFinished, test } from "vitest";
import { startGithub } from "../../github/start-github.ts";
import { tellDistribution } from "./distribution.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { measurePushes } from "./measure-pushes.ts";
import { openPushStage } from "./push-stage.ts";
import { startIsolates } from "./start-isolates.ts";

/** Defines the test that pushes so many versions of a template and looks for each in three isolates; prints the times. */
export function pushVisibleJourney(pushes: number, timeoutMs: number): void {
  const { scriptPath, stateDir } = frozenBundle();

  test(
    `each of ${pushes} pushes of a template is answered by every lookup within five seconds, and its commit is green`,
    async () => {
      const isolates = await startIsolates({
        scriptPath,
        stateDir: stateDir("state"),
        vars: { RATE_LIMITS: "off" },
        others: 2,
      });
      onTestFinished(() => isolates.stop());
      const github = await startGithub();
      onTestFinished(() => github.stop());
      const registry = { url: isolates.first, adminToken: isolates.adminToken };
      const stage = await openPushStage(github, () => registry, "watched");
      onTestFinished(() => stage.copy.discard());
      const urls = [isolates.first, ...isolates.others];
      const times = await measurePushes(stage, urls, { pushes, name: "watched_template" });
      console.log(
        [
          `git push: ${tellDistribution(times.pushMs)}`,
          `webhook → 202: ${tellDistribution(times.acceptedMs)}`,
          `webhook → visible, each of ${urls.length} isolates: ${tellDistribution(times.visibleMs)}`,
          `webhook → visible everywhere: ${tellDistribution(times.everywhereMs)}`,
          `webhook → green status: ${tellDistribution(times.statusMs)}`,
        ].join("\n"),
      );
      expect(times.wrong).toEqual([]);
    },
    timeoutMs,
  );
}
