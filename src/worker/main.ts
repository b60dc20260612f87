import { createApp } from "../http/app.ts";
import { quickLookup } from "../http/artifacts/quick-lookup.ts";
import { finishRequest } from "../http/finish-request.ts";
import { answerOci } from "../http/oci/answer-oci.ts";
import { isOciPath } from "../http/oci/oci-path.ts";
import { consumeDeadJobs } from "./consume-dead-jobs.ts";
import { consumeHooks } from "./consume-hooks.ts";
import { consumeJobs } from "./consume-jobs.ts";
import { consumeOutgoing } from "./consume-outgoing.ts";
import { flushMetrics } from "./flush-metrics.ts";
import { lookupMemory } from "./isolate.ts";
import { keepPrivate } from "./keep-private.ts";
import { secureAnswer } from "./secure-answer.ts";
import { settingsOf } from "./settings.ts";
import { sweep } from "./sweep.ts";
import { wireRequest } from "./wire-request.ts";

// The runtime looks for Durable Object classes among the entry module's exports.
// biome-ignore lint/performance/noBarrelFile: see above
export { Courier } from "./courier.ts";
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
    const begunAt = Date.now();
    const needs = wireRequest(env, ctx, request);
    const answering = isOciPath(request.url) ? answerOci(request, needs) : app.fetch(request, needs, ctx);
    const secured = Promise.resolve(answering).then((response) => secureAnswer(response, request));
    const finished = secured.then((response) => {
      finishRequest(needs, request, response, Date.now() - begunAt);
      flushMetrics(env);
      return response;
    });
    return settings.PUBLIC_READS ? finished : finished.then(keepPrivate);
  },
  // Queues are named for their environment: their ends are theirs.
  async queue(batch, env) {
    await consumerOf(batch.queue)(env, batch, new Date());
    flushMetrics(env);
  },
  async scheduled(_event, env) {
    await sweep(env);
    flushMetrics(env);
  },
} satisfies ExportedHandler<Env>;

function consumerOf(queue: string): (env: Env, batch: MessageBatch<unknown>, now: Date) => Promise<void> {
  if (queue.endsWith("webhook-events")) return consumeHooks;
  if (queue.endsWith("outgoing-events")) return consumeOutgoing;
  return queue.endsWith("-dead") ? consumeDeadJobs : consumeJobs;
}
