import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { Callable } from "../../contract/artifact/callable.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { CompatibilityPolicy } from "../../domain/registration/judge-change.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { readCallable } from "../registration/read-callable.ts";
import { judgeGiven, registrationOf } from "../registration/register-candidate.ts";
import { withBrokenWorkflows } from "../workflow/find-broken-workflows.ts";

/** Names as they would be: what a dry run registers is assumed from then on, so that the members of a batch see each other. */
export class AssumedDocuments {
  readonly #needs: { db: D1Database; blobs: R2Bucket; policy: CompatibilityPolicy };
  readonly #states = new Map<string, NameState>();
  readonly #callables = new Map<string, Callable>();

  constructor(needs: { db: D1Database; blobs: R2Bucket; policy: CompatibilityPolicy }) {
    this.#needs = needs;
  }

  /** Tells what registering would do, and assumes that it is done. `assumed` is told of what is new. */
  async register(
    given: Candidate | UnversionedCandidate,
    by: string,
    assumed: (candidate: Candidate, after: NameState) => void,
  ): Promise<Result<Registration, Failure>> {
    const state = this.#states.get(given.name) ?? (await loadName(this.#needs.db, given.kind, given.name)).state;
    const judging = { policy: this.#needs.policy, callableByDigest: (digest: string) => this.#callable(digest) };
    const judged = await judgeGiven(judging, state, given);
    if (!judged.ok) return judged;
    const { candidate, verdict } = judged.value;
    if (verdict.status === "unchanged") return success(registrationOf(candidate, verdict, state, true));
    const { after } = publishVersion(state, candidate, { by, at: new Date(0).toISOString() });
    this.#states.set(candidate.name, after);
    if (candidate.callable !== null) this.#callables.set(candidate.flattened.digest, candidate.callable);
    assumed(candidate, after);
    const registration = registrationOf(candidate, verdict, after, true);
    return success(await withBrokenWorkflows(this.#needs, registration, candidate, after));
  }

  async #callable(digest: string): Promise<Callable> {
    return this.#callables.get(digest) ?? readCallable(this.#needs.blobs, digest);
  }
}
