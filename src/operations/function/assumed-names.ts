import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { Callable } from "../../contract/artifact/callable.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceDraft } from "../../domain/function/source-draft.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import type { CompatibilityPolicy } from "../../domain/registration/judge-change.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { readCallable } from "../registration/read-callable.ts";
import { withBrokenWorkflows } from "../workflow/find-broken-workflows.ts";
import { type JudgedFunction, judgeSource } from "./judge-source.ts";
import { registrationsOf } from "./publish-source.ts";

/** Names as they would be: what a dry run publishes is assumed from then on, so that the sources of a batch see each other. */
export class AssumedNames {
  readonly #needs: { db: D1Database; blobs: R2Bucket; policy: CompatibilityPolicy };
  readonly #assume: (candidate: Candidate, after: NameState) => void;
  readonly #states = new Map<string, NameState>();
  readonly #callables = new Map<string, Callable>();

  /** `assume` is told of what is found right. */
  constructor(
    needs: { db: D1Database; blobs: R2Bucket; policy: CompatibilityPolicy },
    assume: (candidate: Candidate, after: NameState) => void = () => undefined,
  ) {
    this.#needs = needs;
    this.#assume = assume;
  }

  /** Tells what publishing would do, and assumes that it is done. */
  async publish(draft: SourceDraft): Promise<Result<Registration[], Failure>> {
    const { policy } = this.#needs;
    const states = await Promise.all(draft.functions.map(({ id }) => this.#state(id)));
    const judged = await judgeSource({ policy, callableByDigest: (digest) => this.#callable(digest) }, states, draft);
    if (!judged.ok) return judged;
    const assumed = judged.value.map((one) => {
      if (one.verdict.status === "unchanged") return one;
      const { after } = publishVersion(one.state, one.candidate, nobody);
      this.#states.set(one.candidate.name, after);
      this.#assume(one.candidate, after);
      const { callable, flattened } = one.candidate;
      if (callable !== null) this.#callables.set(flattened.digest, callable);
      return { ...one, state: after };
    });
    const registrations = registrationsOf(assumed, true);
    return success(await Promise.all(registrations.map((told, at) => this.#withBroken(told, assumed[at]))));
  }

  async #withBroken(told: Registration, judged: JudgedFunction | undefined): Promise<Registration> {
    if (judged === undefined) return told;
    return withBrokenWorkflows(this.#needs, told, judged.candidate, judged.state);
  }

  async #state(name: string): Promise<NameState> {
    return this.#states.get(name) ?? (await loadName(this.#needs.db, "function", name)).state;
  }

  async #callable(digest: string): Promise<Callable> {
    return this.#callables.get(digest) ?? readCallable(this.#needs.blobs, digest);
  }
}

/** Nothing of it is kept. */
const nobody = { by: "dry run", at: new Date(0).toISOString() };
