import type { Miniflare } from "miniflare";

const usualMs = 5 * 60 * 1000;

/**
 * On one machine nobody fires cron triggers: this does, as often as wrangler.toml says, and at once, for what an earlier process left
 * unfinished. Answers how to stop it.
 */
export function runCron(miniflare: Miniflare, everyMs = usualMs): () => void {
  let isStopped = false;
  const fire = async () => {
    try {
      const worker = await miniflare.getWorker();
      await worker.scheduled({ cron: "*/5 * * * *" });
    } catch (error) {
      if (!isStopped) console.error(`cron failed: ${error instanceof Error ? error.message : error}`);
    }
  };
  void fire();
  const timer = setInterval(fire, everyMs);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
