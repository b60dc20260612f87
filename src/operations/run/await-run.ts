import type { Run } from "../../contract/run/run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** A pool, or a feed, that restarted is asked again. */
const tries = 3;
const pauseMs = 300;

/** Waits for a run's end, at most `seconds`. Answers nothing: D1 says how the run stands, whatever was said of it. */
export async function awaitRun(
  needs: Pick<RunNeeds, "pools" | "feeds" | "now">,
  run: Pick<Run, "id" | "kind" | "pool">,
  seconds: number,
): Promise<void> {
  const until = needs.now().getTime() + seconds * 1000;
  for (let tried = 0; tried < tries; tried++) {
    const leftMs = until - needs.now().getTime();
    if (leftMs <= 0) return;
    try {
      if (run.kind === "workflow") await needs.feeds(run.id).awaitEnd(leftMs);
      else await needs.pools(run.pool).awaitEnd(run.id, leftMs);
      return;
    } catch (error) {
      // The wait is a kindness: when it fails again and again, it ends early.
      console.warn(JSON.stringify({ level: "warn", await_run: run.id, error: String(error) }));
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
