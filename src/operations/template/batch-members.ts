import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Template } from "../../contract/template/document.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { refusedAmong } from "../access/guard-registrars.ts";
import type { RegisterDocumentNeeds } from "../artifact/register-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { judgeCandidate } from "../registration/judge-candidate.ts";
import { templateOf } from "../registration/read-callable.ts";
import { registrationOf } from "../registration/register-candidate.ts";
import { withBrokenWorkflows } from "../workflow/find-broken-workflows.ts";
import { findParent, type ParentSources, publishedParents } from "./find-parent.ts";
import { prepareTemplate } from "./prepare-template.ts";

/** Who registers, and whether it is only tried. A dry run tells `assume` of what it found right. */
export interface RegisterHow {
  by: string;
  isDryRun: boolean;
  assume?: (candidate: Candidate, after: NameState) => void;
}

/** The batch so far: a dry run's members see each other as if the ones before were published. */
export class BatchMembers {
  readonly #needs: RegisterDocumentNeeds;
  readonly #how: RegisterHow;
  readonly #assumed = new Map<string, NameState>();
  readonly #templates = new Map<string, Template>();
  readonly #parents = new Map<string, { name: string; version: string } | null>();
  readonly #published: ParentSources;

  constructor(needs: RegisterDocumentNeeds, how: RegisterHow) {
    this.#needs = needs;
    this.#how = how;
    this.#published = publishedParents(needs.db, needs.blobs);
  }

  async register(source: DocumentSource): Promise<Result<Registration, Failure>> {
    const sources: ParentSources = {
      state: (name) => this.#state(name),
      template: (digest) => this.#template(digest),
      parentOf: async (name, version) => {
        const assumed = this.#parents.get(`${name}@${version}`);
        return assumed === undefined ? this.#published.parentOf(name, version) : assumed;
      },
    };
    const prepared = await prepareTemplate((reference) => findParent(sources, reference), source);
    if (!prepared.ok) return prepared;
    const candidate = prepared.value;
    if (!this.#how.isDryRun)
      return this.#needs.registrars("template", candidate.name).register(candidate, this.#how.by);
    const refused = refusedAmong(this.#needs.refuseName, "template", [candidate.name]);
    return refused === null ? this.#assume(candidate) : refusal(refused);
  }

  async #assume(candidate: Candidate): Promise<Result<Registration, Failure>> {
    const state = await this.#state(candidate.name);
    const judging = { policy: this.#needs.policy, callableByDigest: (digest: string) => this.#template(digest) };
    const judged = await judgeCandidate(judging, state, candidate);
    if (!judged.ok) return judged;
    if (judged.value.status === "unchanged") return success(registrationOf(candidate, judged.value, state, true));
    const { after } = publishVersion(state, candidate, { by: this.#how.by, at: new Date(0).toISOString() });
    this.#assumed.set(candidate.name, after);
    this.#templates.set(candidate.flattened.digest, templateOf({ template: candidate.callable }));
    this.#parents.set(`${candidate.name}@${candidate.version}`, candidate.parent);
    this.#how.assume?.(candidate, after);
    const registration = registrationOf(candidate, judged.value, after, true);
    return success(await withBrokenWorkflows(this.#needs, registration, candidate, after));
  }

  async #state(name: string): Promise<NameState> {
    return this.#assumed.get(name) ?? (await loadName(this.#needs.db, "template", name)).state;
  }

  async #template(digest: string): Promise<Template> {
    return this.#templates.get(digest) ?? this.#published.template(digest);
  }
}
