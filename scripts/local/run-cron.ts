import type { Miniflare } from "miniflare";

const usualMs = 5 * 60 * 1000;

/** On one machine nobody fires cron triggers: this does, as often as wrangler.toml says. Answers how to stop it. */
export function runCron(miniflare: Miniflare, everyMs = usualMs): () => void {
  const timer = setInterval(async () => {
    try {
      const worker = await miniflare.getWorker();
      await worker.scheduled({ cron: "*/5 * * * *" });
    } catch (error) {
      console.error(`cron failed: ${error instanceof Error ? error.message : error}`);
    }
  }, everyMs);
  return () => clearInterval(timer);
}
