import { pullAnnouncements } from "../bindings/d1/announcement/pull-announcements.ts";
import { loadName } from "../bindings/d1/artifact/load-name.ts";
import { type HubRegion, regionOf } from "../bindings/durable/hub.ts";
import { listenAt } from "../bindings/durable/listen-at.ts";
import { readDocument, readIndex, writeIndex } from "../bindings/kv/lookup-store.ts";
import { edgeSandboxOf } from "../bindings/service/edge-sandbox.ts";
import type { Origin } from "../contract/access/origin.ts";
import { coherence } from "../domain/lookup/coherence-limits.ts";
import { repositoryOf } from "../domain/oci/repository-kind.ts";
import { indexOf } from "../domain/registration/name-state.ts";
import type { Needs } from "../http/needs.ts";
import { noNotes } from "../http/request-notes.ts";
import { requestIdOf } from "../http/requests/request-id.ts";
import { guardRegistrars, type RefuseName } from "../operations/access/guard-registrars.ts";
import type { IndexSources } from "../operations/lookup/find-index.ts";
import type { DocumentSources } from "../operations/lookup/look-up.ts";
import { nameKey } from "../operations/lookup/lookup-memory.ts";
import { renewDocument } from "../operations/lookup/renew-document.ts";
import { loadPublished } from "../operations/registration/load-published.ts";
import { analyzerOf } from "./analyzer.ts";
import { Asker } from "./asker.ts";
import { authorise } from "./authorise.ts";
import { authoriseOci, grantOciToken } from "./authorise-oci.ts";
import { countRequest } from "./count-request.ts";
import { couriersOf } from "./couriers.ts";
import { hubOf } from "./hubs.ts";
import { inTime, syncTimeoutMs } from "./in-time.ts";
import { blobMemory, issuerKeys, lookupMemory } from "./isolate.ts";
import { registrarsOf } from "./registrars.ts";
import { release } from "./release.ts";
import { repositoriesOf } from "./repositories.ts";
import { runFeedsOf } from "./run-feeds.ts";
import { runnerPoolsOf } from "./runner-pools.ts";
import { sealerOf } from "./sealer.ts";
import { mayAskPrivate, settingsOf } from "./settings.ts";
import { signerOf } from "./signer.ts";
import { uploadIdsOf } from "./upload-ids.ts";
import { workflowInstancesOf } from "./workflow-instances.ts";

/** Wires what routes need for one request. Cheap: a hot lookup pays for it. */
export function wireRequest(env: Env, ctx: ExecutionContext, request: Request): Needs {
  const settings = settingsOf(env);
  const memory = lookupMemory(settings);
  const region = regionOf(placeOf(request));
  const signer = signerOf(env);
  const later = (work: Promise<unknown>) => ctx.waitUntil(work);
  const origin: Origin = {
    request_id: requestIdOf(request),
    token_id: null,
    address: request.headers.get("cf-connecting-ip"),
  };
  const asker = new Asker(origin);
  const asking = { env, later, signer, note: asker.note };
  const notes = noNotes();
  const refuseName: RefuseName = (kind, name) => {
    const refused = asker.refuseName(kind, name);
    if (refused !== null) notes.refusedNames.push(repositoryOf(kind, name));
    return refused;
  };
  return {
    requestId: origin.request_id ?? "",
    origin,
    notes,
    db: env.DB,
    lookups: env.LOOKUPS,
    blobs: env.BLOBS,
    asker,
    refuseName,
    registrars: guardRegistrars(registrarsOf(env, origin), refuseName),
    lookUp: {
      memory,
      sources: indexSources(env, region, later),
      documents: documentSources(env, later),
      now: Date.now,
      later,
      staleIfErrorMs: settings.STALE_IF_ERROR_SECONDS * 1000,
    },
    policy: settings.COMPATIBILITY_POLICY,
    analyzer: analyzerOf(env),
    release,
    region,
    pools: runnerPoolsOf(env),
    gpuJobs: env.GPU_JOBS,
    sandbox: edgeSandboxOf(env.SANDBOX),
    workflows: workflowInstancesOf(env),
    feeds: runFeedsOf(env),
    listen: (asked) => listenAt(hubOf(env, region), asked),
    couriers: couriersOf(env),
    webhookEvents: env.WEBHOOK_EVENTS,
    sealer: sealerOf(env),
    mayAskPrivate: mayAskPrivate(settings),
    fetch: (url, init) => fetch(url, init),
    issuerKeys,
    signer,
    countRequest: (caller) => countRequest(env, origin.address, caller),
    pages: { publicReads: settings.PUBLIC_READS, origins: settings.CORS_ORIGINS },
    authorise: (asked, route, params) => authorise(asking, asked, route, params),
    authoriseOci: (asked, what) => authoriseOci(asking, asked, what),
    grantOciToken: (asked, scopes, login) => grantOciToken(asking, asked, scopes, login),
    repositories: repositoriesOf(env, origin),
    uploadIds: uploadIdsOf(env),
    blobMemory,
    noteChange: (kind, name, seq) => memory.noteChange(nameKey(kind, name), seq),
    later,
    now: () => new Date(),
  };
}

/** Syncs ask the region's hub; when it does not answer, D1 itself, so that a hub is never the only way to the truth. */
function indexSources(env: Env, region: HubRegion, later: Later): IndexSources {
  return {
    changesSince: async (seq, minSeq) => {
      try {
        return await inTime(syncTimeoutMs.hub, hubOf(env, region).changesSince(seq, minSeq));
      } catch {
        return inTime(syncTimeoutMs.d1, pullAnnouncements(env.DB, seq, coherence.changesPerSync));
      }
    },
    indexFromKv: (kind, name) => readIndex(env.LOOKUPS, kind, name),
    indexFromD1: async (kind, name) => {
      const now = new Date();
      const { state, headSeq, changedAt } = await loadName(env.DB, kind, name);
      const index = indexOf(state, headSeq, now.toISOString());
      // KV's copy is missing, or too old for this isolate to trust: renew it, unless its Registrar may be writing it just now.
      if (changedAt !== null && now.getTime() - Date.parse(changedAt) > settledMs)
        later(quietly(writeIndex(env.LOOKUPS, index)));
      return index;
    },
  };
}

function documentSources(env: Env, later: Later): DocumentSources {
  return {
    documentFromKv: (kind, name, version) => readDocument(env.LOOKUPS, kind, name, version),
    documentFromD1: async (kind, name, version) => {
      const published = await loadPublished(env.DB, env.BLOBS, kind, name, version);
      if (published !== null) later(quietly(renewDocument(env.DB, env.LOOKUPS, published)));
      return published;
    },
  };
}

type Later = (work: Promise<unknown>) => void;

/** By then a change's own effects are done, or repeated. */
const settledMs = 60_000;

/** Renewing a cache is a kindness: when it fails, the next miss tries again. */
function quietly(work: Promise<unknown>): Promise<unknown> {
  return work.catch(() => undefined);
}

/** Where Cloudflare says the request came in; nothing when it runs on one machine. */
function placeOf(request: Request): { continent?: string | undefined; longitude?: string | undefined } {
  const { cf } = request;
  if (cf === undefined) return {};
  return {
    continent: typeof cf.continent === "string" ? cf.continent : undefined,
    longitude: typeof cf.longitude === "string" ? cf.longitude : undefined,
  };
}
