import { createApp } from "../http/app.ts";
import { quickLookup } from "../http/artifacts/quick-lookup.ts";
import { consumeDeadJobs } from "./consume-dead-jobs.ts";
import { consumeJobs } from "./consume-jobs.ts";
import { lookupMemory } from "./isolate.ts";
import { settingsOf } from "./settings.ts";
import { sweep } from "./sweep.ts";
import { wireRequest } from "./wire-request.ts";

// The runtime looks for Durable Object classes among the entry module's exports.
// biome-ignore lint/performance/noBarrelFile: see above
export { Hub } from "./hub.ts";
export { Registrar } from "./registrar.ts";
export { RunnerPool } from "./runner-pool.ts";

const app = createApp();

export default {
  fetch(request, env, ctx) {
    const answered = quickLookup(lookupMemory(settingsOf(env)), request, Date.now());
    return answered ?? app.fetch(request, wireRequest(env, ctx, request), ctx);
  },
  // Queues are named for their environment; a dead-letter queue by its end.
  async queue(batch, env) {
    const consume = batch.queue.endsWith("-dead") ? consumeDeadJobs : consumeJobs;
    await consume(env, batch, new Date());
  },
  async scheduled(_event, env) {
    await sweep(env);
  },
} satisfies ExportedHandler<Env>;
