import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGithub } from "../../test/github/start-github.ts";
import { measurePushes } from "../../test/journeys/support/measure-pushes.ts";
import { openPushStage } from "../../test/journeys/support/push-stage.ts";
import { startIsolates } from "../../test/journeys/support/start-isolates.ts";
import type { Plan } from "../plan.ts";
import { percentile } from "../report/percentile.ts";
import type { Table } from "../report/table.ts";

/** How long after a `git push` lookups answer what it changed, and the commit shows its status. */
export async function pushVisible(scriptPath: string, plan: Plan): Promise<Table> {
  const stateDir = mkdtempSync(join(tmpdir(), "callsheet-bench-"));
  const isolates = await startIsolates({ scriptPath, stateDir, vars: { RATE_LIMITS: "off" }, others: 2 });
  const github = await startGithub();
  try {
    const registry = { url: isolates.first, adminToken: isolates.adminToken };
    const stage = await openPushStage(github, () => registry, "bench");
    const urls = [isolates.first, ...isolates.others];
    const measured = await measurePushes(stage, urls, { pushes: plan.pushes, name: "push_bench" });
    stage.copy.discard();
    if (measured.wrong.length > 0) throw new Error(measured.wrong.join("\n"));
    const row = (what: string, ms: readonly number[]) => ({
      "": what,
      measured: ms.length,
      "p50 ms": percentile(ms, 0.5),
      "p90 ms": percentile(ms, 0.9),
      "p99 ms": percentile(ms, 0.99),
      "max ms": percentile(ms, 1),
    });
    return {
      title: "A git push of one template until lookups answer it",
      rows: [
        row("git push itself", measured.pushMs),
        row("webhook sent, until its 202", measured.acceptedMs),
        row("webhook sent, until seen by an isolate", measured.visibleMs),
        row("webhook sent, until seen by all three", measured.everywhereMs),
        row("webhook sent, until the green status", measured.statusMs),
      ],
      notes: [
        "git, the code host, the registry and those who look up share this machine; the host is a stand-in over git's own programs (test/github)",
        "isolates beside the one that publishes learn of it as those of other regions do: by their next sync, within 5 s",
      ],
    };
  } finally {
    await github.stop();
    await isolates.stop();
    rmSync(stateDir, { recursive: true, force: true, maxRetries: 5 });
  }
}
