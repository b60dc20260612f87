import type { Registrars } from "../bindings/durable/registrar.ts";
import type { ArtifactKind } from "../contract/artifact/kind.ts";
import type { Failure } from "../contract/failure.ts";
import type { Access } from "../contract/http/route.ts";
import type { CompatibilityPolicy } from "../domain/registration/judge-change.ts";
import type { Result } from "../domain/result.ts";
import type { LookUpNeeds } from "../operations/lookup/look-up.ts";

/** Who asks. `name` goes into the history of what they change. */
export interface Caller {
  name: string;
}

/** What routes work with, wired for one request by the worker ring. Hono carries it as its environment. */
export interface Needs {
  requestId: string;
  db: D1Database;
  lookups: KVNamespace;
  blobs: R2Bucket;
  registrars: Registrars;
  lookUp: LookUpNeeds;
  policy: CompatibilityPolicy;
  release: string;
  region: string;
  /** Whether the bearer of this Authorization header may do this. */
  authorise: (authorization: string | null, access: Access) => Promise<Result<Caller, Failure>>;
  /** This isolate's caller changed a name: its own next read must see it. */
  noteChange: (kind: ArtifactKind, name: string, seq: number) => void;
  later: (work: Promise<unknown>) => void;
  now: () => Date;
}

/** Hono's type parameter for all our apps. */
export interface AppEnv {
  Bindings: Needs;
}
