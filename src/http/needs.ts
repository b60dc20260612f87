import type { Couriers } from "../bindings/durable/courier.ts";
import type { Listening } from "../bindings/durable/listening.ts";
import type { Registrars } from "../bindings/durable/registrar.ts";
import type { Repositories } from "../bindings/durable/repository.ts";
import type { RunFeeds } from "../bindings/durable/run-feed.ts";
import type { RunnerPools } from "../bindings/durable/runner-pool.ts";
import type { SourceAnalyzer } from "../bindings/service/analyzer.ts";
import type { EdgeSandbox } from "../bindings/service/edge-sandbox.ts";
import type { WorkflowInstances } from "../bindings/workflow/workflow-instances.ts";
import type { Origin } from "../contract/access/origin.ts";
import type { ArtifactKind } from "../contract/artifact/kind.ts";
import type { Failure } from "../contract/failure.ts";
import type { Route } from "../contract/http/route.ts";
import type { OciFailure } from "../contract/oci/failure.ts";
import type { OciTokenAnswer } from "../contract/oci/token.ts";
import type { JobMessage } from "../contract/runner/job.ts";
import type { HookMessage } from "../contract/webhook/delivery.ts";
import type { Caller } from "../domain/access/caller.ts";
import type { RateName } from "../domain/access/counted-as.ts";
import type { Sealer } from "../domain/access/sealer.ts";
import type { Signer } from "../domain/file/signer.ts";
import type { OciWish } from "../domain/oci/access-rules.ts";
import type { OciScope } from "../domain/oci/access-scope.ts";
import type { UploadIds } from "../domain/oci/upload-id.ts";
import type { CompatibilityPolicy } from "../domain/registration/judge-change.ts";
import type { Result } from "../domain/result.ts";
import type { RefuseName } from "../operations/access/guard-registrars.ts";
import type { KeyMemory } from "../operations/access/key-memory.ts";
import type { Fetch } from "../operations/agent/ask-agent.ts";
import type { LookUpNeeds } from "../operations/lookup/look-up.ts";
import type { BlobMemory } from "../operations/oci/blob/blob-memory.ts";
import type { PageRights } from "./answers/page-headers.ts";
import type { RequestNotes } from "./request-notes.ts";

/** A request that was counted, by which rate, and whether it is one too many. */
export interface CountedRequest {
  rate: RateName;
  isOver: boolean;
}

/** What a caller does at `/v2/`. */
export type OciAction = OciWish["action"];

/** What routes work with, wired for one request by the worker ring. Hono carries it as its environment. */
export interface Needs {
  requestId: string;
  /** Where this request comes from: its `token_id` is set once its caller is known. */
  origin: Origin;
  /** What is noted of this request on the way, for the log, metrics and the audit log. */
  notes: RequestNotes;
  db: D1Database;
  lookups: KVNamespace;
  blobs: R2Bucket;
  /** Who sent this request, once that is known, also where they were refused; and the names that it may touch. */
  asker: { readonly caller: Caller | null; readonly names: readonly string[] };
  /** They change only names that who asks may change; a dry run asks `refuseName` the same. */
  registrars: Registrars;
  refuseName: RefuseName;
  lookUp: LookUpNeeds;
  policy: CompatibilityPolicy;
  /** Reads sources that are published. */
  analyzer: SourceAnalyzer;
  release: string;
  region: string;
  /** Whether who sent this request may use the route: by token, or by a signed address. `params` are those of its path. */
  authorise: (request: Request, route: Route, params: Record<string, string>) => Promise<Result<Caller, Failure>>;
  /** The same at `/v2/`. `repository` is null where none is asked for. */
  authoriseOci: (
    request: Request,
    asked: { repository: string | null; action: OciAction },
  ) => Promise<Result<Caller, OciFailure>>;
  /** Grants a token of `/v2/token` to who sent this request; `login` is the secret that came in a form, instead of the header. */
  grantOciToken: (
    request: Request,
    scopes: readonly OciScope[],
    login: string | null,
  ) => Promise<Result<OciTokenAnswer, OciFailure>>;
  /** Counts this request for who asks; `caller` is null where it is refused before anyone is known. Null: it is not counted. */
  countRequest: (caller: Caller | null) => Promise<CountedRequest | null>;
  /** Which web pages of other origins may ask. */
  pages: PageRights;
  /** Keepers of OCI repositories. */
  repositories: Repositories;
  /** Ids of upload sessions at `/v2/`. */
  uploadIds: UploadIds;
  /** Small blobs of OCI repositories. */
  blobMemory: BlobMemory;
  /** RunnerPools by pool name. */
  pools: RunnerPools;
  /** Runs on their way to their pools. */
  gpuJobs: Queue<JobMessage>;
  /** Runs JavaScript functions. */
  sandbox: EdgeSandbox;
  /** Instances of runs of workflows. */
  workflows: WorkflowInstances;
  /** What runs of workflows tell. */
  feeds: RunFeeds;
  /** Listens to changes at the region's hub. Null: too many do. */
  listen: (asked: Listening) => Promise<WebSocket | null>;
  /** Couriers by subscription. */
  couriers: Couriers;
  /** Webhooks that came in, on their way to being done. */
  webhookEvents: Queue<HookMessage>;
  /** Keeps secrets in D1. */
  sealer: Sealer;
  /** Whether other machines may be asked that only this one can see: on one's own machine only. */
  mayAskPrivate: boolean;
  /** Asks other machines. */
  fetch: Fetch;
  /** Public keys of those who sign identities. */
  issuerKeys: KeyMemory;
  /** Makes and checks signed addresses. */
  signer: Signer;
  /** This isolate's caller changed a name: its own next read must see it. */
  noteChange: (kind: ArtifactKind, name: string, seq: number) => void;
  later: (work: Promise<unknown>) => void;
  now: () => Date;
}

/** Hono's type parameter for all our apps. */
export interface AppEnv {
  Bindings: Needs;
}
