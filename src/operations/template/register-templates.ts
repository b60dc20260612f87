import { loadName } from "../../bindings/d1/load-name.ts";
import type { BatchAnswer, BatchResult, Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Template } from "../../contract/template/document.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { orderByParent } from "../../domain/template/order-by-parent.ts";
import { templateHeader } from "../../domain/template/template-header.ts";
import { judgeCandidate } from "../registration/judge-candidate.ts";
import { registrationOf } from "../registration/register-candidate.ts";
import { findParent, type ParentSources, publishedParents } from "./find-parent.ts";
import { prepareTemplate, type TemplateSource } from "./prepare-template.ts";
import type { RegisterTemplateNeeds } from "./register-template.ts";

/** Registers many templates, parents first. One bad document stops no other; each has its own result, in the order sent. */
export async function registerTemplates(
  needs: RegisterTemplateNeeds,
  sources: readonly TemplateSource[],
  how: { by: string; isDryRun: boolean },
): Promise<BatchAnswer> {
  const headers = sources.map(({ reading }) => (reading.document === null ? null : templateHeader(reading.document)));
  const { order, cycles } = orderByParent(
    headers.flatMap((header, index) =>
      header?.id && header.version ? [{ index, id: header.id, version: header.version, extends: header.extends }] : [],
    ),
  );
  const rest = sources.map((_, index) => index).filter((index) => !order.includes(index));
  const outcomes = new Map<number, Result<Registration, Failure>>();
  const members = new BatchMembers(needs, how);
  for (const index of [...order, ...rest]) {
    const source = sources[index];
    if (source === undefined) continue;
    const id = headers[index]?.id ?? null;
    const cycle = cycles.find((names) => id !== null && names.includes(id));
    outcomes.set(index, cycle === undefined || order.includes(index) ? await members.register(source) : cyclic(cycle));
  }
  const results = sources.map((_, index) => resultOf(index, headers[index] ?? null, outcomes.get(index)));
  return { dry_run: how.isDryRun, seq: highestSeq(results), results };
}

/** The batch so far: a dry run's members see each other as if the ones before were published. */
class BatchMembers {
  readonly #needs: RegisterTemplateNeeds;
  readonly #how: { by: string; isDryRun: boolean };
  readonly #assumed = new Map<string, NameState>();
  readonly #templates = new Map<string, Template>();
  readonly #parents = new Map<string, { name: string; version: string } | null>();
  readonly #published: ParentSources;

  constructor(needs: RegisterTemplateNeeds, how: { by: string; isDryRun: boolean }) {
    this.#needs = needs;
    this.#how = how;
    this.#published = publishedParents(needs.db, needs.blobs);
  }

  async register(source: TemplateSource): Promise<Result<Registration, Failure>> {
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
    return this.#assume(candidate);
  }

  async #assume(candidate: Candidate): Promise<Result<Registration, Failure>> {
    const state = await this.#state(candidate.name);
    const judging = { policy: this.#needs.policy, templateByDigest: (digest: string) => this.#template(digest) };
    const judged = await judgeCandidate(judging, state, candidate);
    if (!judged.ok) return judged;
    if (judged.value.status === "unchanged") return success(registrationOf(candidate, judged.value, state, true));
    const { after } = publishVersion(state, candidate, { by: this.#how.by, at: new Date(0).toISOString() });
    this.#assumed.set(candidate.name, after);
    this.#templates.set(candidate.flattened.digest, candidate.template);
    this.#parents.set(`${candidate.name}@${candidate.version}`, candidate.parent);
    return success(registrationOf(candidate, judged.value, after, true));
  }

  async #state(name: string): Promise<NameState> {
    return this.#assumed.get(name) ?? (await loadName(this.#needs.db, "template", name)).state;
  }

  async #template(digest: string): Promise<Template> {
    return this.#templates.get(digest) ?? this.#published.template(digest);
  }
}

function cyclic(names: readonly string[]): Result<Registration, Failure> {
  return refusal({
    code: "INVALID_DOCUMENT",
    message: `these templates extend each other in a circle: ${names.join(" → ")}; one of them must extend something else`,
  });
}

function resultOf(
  index: number,
  header: { id: string | null; version: string | null } | null,
  outcome: Result<Registration, Failure> | undefined,
): BatchResult {
  const told = { index, name: header?.id ?? null, version: header?.version ?? null };
  if (outcome?.ok) {
    const { digest, status, seq, comparison, issues } = outcome.value;
    return { ...told, digest, status, seq, comparison, code: null, message: null, issues };
  }
  const failure = outcome?.failure ?? {
    code: "INTERNAL" as const,
    message: "this document was not looked at",
    issues: [],
  };
  const { code, message, issues = [] } = failure;
  return { ...told, digest: null, status: "rejected", seq: null, comparison: null, code, message, issues };
}

function highestSeq(results: readonly BatchResult[]): number | null {
  const seqs = results.flatMap((result) => (result.seq === null ? [] : [result.seq]));
  return seqs.length === 0 ? null : Math.max(...seqs);
}
