import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import type { PinnedSkill, WorkflowPlan } from "../../contract/workflow/plan.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { type CalledWorkflow, findNesting } from "../../domain/workflow/find-nesting.ts";
import { skillsOf, type UsedSkill } from "../../domain/workflow/skills-of.ts";
import { type PlacedPlan, placePlan, planTooLarge } from "./place-plan.ts";
import { readWorkflow } from "./read-workflow.ts";
import { type ResolvedSkill, resolveSkills } from "./resolve-skills.ts";

/** A workflow that is about to run. */
export interface PlannedWorkflow {
  name: string;
  version: string;
  document: WorkflowDocument;
}

/** Fixes all that a run of a workflow calls, at any depth, and places it as the run's plan. Everything that is in the way is told together. */
export async function makePlan(
  needs: { db: D1Database; blobs: R2Bucket },
  root: PlannedWorkflow,
): Promise<Result<PlacedPlan, Failure>> {
  const found = new Planning(root);
  let added: PlannedWorkflow[] = [root];
  let sizeBytes = 0;
  // What is deeper than may be is not read: that it is there is known.
  for (let level = 1; added.length > 0 && level <= limits.workflowNesting; level++) {
    const texts = added.flatMap((workflow) => found.take(workflow));
    if (found.skillCount > limits.skillsPerRun) return tooMany(root, found.skillCount);
    const resolved = await resolveSkills(needs, texts);
    const called = [...resolved].flatMap(([text, result]) => found.learn(text, result));
    added = [];
    for (const { pin, flattenedDigest } of called) {
      const read = await readWorkflow(needs.blobs, flattenedDigest);
      sizeBytes += read.sizeBytes;
      if (sizeBytes > limits.planBytes) return planTooLarge(sizeBytes);
      if (read.document === null) found.unreadable(pin);
      else added.push({ name: pin.name, version: pin.version, document: read.document });
    }
  }
  return found.refusal() ?? placePlan(needs.blobs, found.plan);
}

/** A workflow that was chosen, and the plan by which it runs. */
export interface ChosenPlan {
  skill: Extract<PinnedSkill, { kind: "workflow" }>;
  planDigest: string;
}

/** The same for a workflow that is known by its skill only: `workflow/NAME@selector`. */
export async function makePlanOf(
  needs: { db: D1Database; blobs: R2Bucket },
  skill: string,
): Promise<Result<ChosenPlan, Failure>> {
  const found = (await resolveSkills(needs, [skill])).get(skill);
  if (found === undefined || !found.ok) {
    const message = found?.failure.message ?? `nobody answers to the skill ${skill}`;
    return refusal({ code: "SKILL_NOT_FOUND", message });
  }
  const { pin, flattenedDigest } = found.value;
  if (pin.kind !== "workflow") {
    const message = `${skill} is a ${pin.kind}, not a workflow; name it by workflow/NAME`;
    return refusal({ code: "SKILL_NOT_FOUND", message });
  }
  const { document } = await readWorkflow(needs.blobs, flattenedDigest);
  if (document === null) return refusal({ code: "SKILL_NOT_FOUND", message: outdated(pin) });
  const planned = await makePlan(needs, { name: pin.name, version: pin.version, document });
  return planned.ok ? success({ skill: pin, planDigest: planned.value.digest }) : planned;
}

/** What is known so far of what a run calls. */
class Planning {
  readonly plan: WorkflowPlan = { skills: {}, documents: {} };
  readonly #root: PlannedWorkflow;
  readonly #uses = new Map<string, UsedSkill[]>();
  readonly #failures = new Map<string, Failure>();
  readonly #unreadable = new Set<string>();
  readonly #asked = new Set<string>();

  constructor(root: PlannedWorkflow) {
    this.#root = root;
  }

  get skillCount(): number {
    return this.#asked.size;
  }

  /** Takes a workflow in, and answers the skills that it calls and nobody asked for yet. */
  take(workflow: PlannedWorkflow): string[] {
    const key = keyOf(workflow);
    const uses = skillsOf(workflow.document);
    this.plan.documents[key] = workflow.document;
    this.#uses.set(key, uses);
    const texts = new Set(uses.flatMap(({ text }) => (text === null || this.#asked.has(text) ? [] : [text])));
    for (const text of texts) this.#asked.add(text);
    return [...texts];
  }

  /** Takes in who answers to a skill; answers it where that is a workflow which was not taken in yet. */
  learn(text: string, result: Result<ResolvedSkill, Failure>): ResolvedSkill[] {
    if (!result.ok) {
      this.#failures.set(text, result.failure);
      return [];
    }
    const { pin } = result.value;
    this.plan.skills[text] = pin;
    const key = keyOf(pin);
    if (pin.kind !== "workflow" || this.#uses.has(key)) return [];
    // Two texts may mean the same: it is taken in once.
    this.#uses.set(key, []);
    return [result.value];
  }

  /** A workflow that is called was published before today's rules, and breaks them. */
  unreadable(pin: PinnedSkill): void {
    this.#unreadable.add(keyOf(pin));
  }

  /** Why there can be no run; null when nothing is in the way. */
  refusal(): Result<never, Failure> | null {
    const issues = [...this.#uses].flatMap(([key, uses]) => uses.flatMap((use) => this.#missing(key, use)));
    if (issues.length > 0) return nobodyAnswers(this.#root, issues);
    const nesting = findNesting(keyOf(this.#root), this.#calls());
    if (nesting.circle !== null) return inCircle(this.#root, nesting.circle);
    return nesting.depth > limits.workflowNesting ? tooDeep(this.#root, nesting.deepest) : null;
  }

  #missing(key: string, { text, step, path, purpose }: UsedSkill): Issue[] {
    if (text === null) return [];
    const pin = this.plan.skills[text];
    const why = pin === undefined ? this.#failures.get(text)?.message : this.#whyUnreadable(pin);
    if (why === undefined) return [];
    const where = key === keyOf(this.#root) ? "" : `${key}, `;
    const what = purpose === "compensate" ? `what undoes step ${step}` : `step ${step}`;
    return [
      {
        severity: "error",
        path,
        line: null,
        column: null,
        code: "skill_unresolved",
        message: `${where}${what}: ${why}`,
        suggestion: null,
      },
    ];
  }

  #whyUnreadable(pin: PinnedSkill): string | undefined {
    if (pin.kind !== "workflow" || !this.#unreadable.has(keyOf(pin))) return undefined;
    return outdated(pin);
  }

  #calls(): Map<string, CalledWorkflow[]> {
    const workflowOf = ({ text, step }: UsedSkill): CalledWorkflow[] => {
      const pin = text === null ? undefined : this.plan.skills[text];
      return pin?.kind === "workflow" ? [{ workflow: keyOf(pin), step }] : [];
    };
    return new Map([...this.#uses].map(([key, uses]) => [key, uses.flatMap(workflowOf)]));
  }
}

function keyOf({ name, version }: Pick<PinnedSkill, "name" | "version">): string {
  return `${name}@${version}`;
}

function outdated(pin: PinnedSkill): string {
  return `workflow ${keyOf(pin)} was published before today's rules and cannot run: publish a new version of it`;
}

function nobodyAnswers(root: PlannedWorkflow, issues: readonly Issue[]): Result<never, Failure> {
  const more = issues.length > 1 ? `; ${issues.length} findings in all` : "";
  return refusal({
    code: "SKILL_NOT_FOUND",
    message: `workflow ${keyOf(root)} cannot run: ${issues[0]?.message ?? "a skill is missing"}${more}`,
    issues: issues.slice(0, limits.issues),
    ...(issues.length > limits.issues ? { issueCount: issues.length } : {}),
  });
}

function inCircle(root: PlannedWorkflow, circle: readonly string[]): Result<never, Failure> {
  const message = `workflow ${keyOf(root)} cannot run: it would call itself for ever: ${circle.join(" → ")}; take one of these calls out, or let execute_workflow choose it while it runs`;
  return refusal({ code: "STATE_CONFLICT", message });
}

function tooDeep(root: PlannedWorkflow, deepest: readonly string[]): Result<never, Failure> {
  const message = `workflow ${keyOf(root)} cannot run: workflows call each other ${deepest.length} deep, at most ${limits.workflowNesting}: ${deepest.join(" → ")}`;
  return refusal({ code: "LIMIT_REACHED", message });
}

function tooMany(root: PlannedWorkflow, count: number): Result<never, Failure> {
  const message = `workflow ${keyOf(root)} cannot run: it and those that it calls have ${count} skills; at most ${limits.skillsPerRun} are taken`;
  return refusal({ code: "LIMIT_REACHED", message });
}
