import { createApp } from "../http/app.ts";
import { quickLookup } from "../http/templates/quick-lookup.ts";
import { lookupMemory } from "./isolate.ts";
import { settingsOf } from "./settings.ts";
import { sweep } from "./sweep.ts";
import { wireRequest } from "./wire-request.ts";

// The runtime looks for Durable Object classes among the entry module's exports.
// biome-ignore lint/performance/noBarrelFile: see above
export { Hub } from "./hub.ts";
export { Registrar } from "./registrar.ts";

const app = createApp();

export default {
  fetch(request, env, ctx) {
    const answered = quickLookup(lookupMemory(settingsOf(env)), request, Date.now());
    return answered ?? app.fetch(request, wireRequest(env, ctx, request), ctx);
  },
  async scheduled(_event, env) {
    await sweep(env);
  },
} satisfies ExportedHandler<Env>;
