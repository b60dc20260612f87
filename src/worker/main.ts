import { createApp } from "../http/app.ts";
import { quickLookup } from "../http/artifacts/quick-lookup.ts";
import { answerOci } from "../http/oci/answer-oci.ts";
import { isOciPath } from "../http/oci/oci-path.ts";
import { consumeDeadJobs } from "./consume-dead-jobs.ts";
import { consumeJobs } from "./consume-jobs.ts";
import { lookupMemory } from "./isolate.ts";
import { keepPrivate } from "./keep-private.ts";
import { settingsOf } from "./settings.ts";
import { sweep } from "./sweep.ts";
import { wireRequest } from "./wire-request.ts";

// The runtime looks for Durable Object classes among the entry module's exports.
// biome-ignore lint/performance/noBarrelFile: see above
export { Hub } from "./hub.ts";
export { Registrar } from "./registrar.ts";
export { RunFeed } from "./run-feed.ts";
export { RunnerPool } from "./runner-pool.ts";
export { WorkflowRun } from "./workflow-run.ts";

const app = createApp();

export default {
  fetch(request, env, ctx) {
    const settings = settingsOf(env);
    // It asks for no token.
    const answered = settings.PUBLIC_READS ? quickLookup(lookupMemory(settings), request, Date.now()) : null;
    if (answered !== null) return answered;
    const needs = wireRequest(env, ctx, request);
    const answering = isOciPath(request.url) ? answerOci(request, needs) : app.fetch(request, needs, ctx);
    return settings.PUBLIC_READS ? answering : Promise.resolve(answering).then(keepPrivate);
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
