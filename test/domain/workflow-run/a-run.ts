import { createHash } from "node:crypto";
import type { WorkflowDocument } from "../../../src/contract/workflow/document.ts";
import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import type { JsonMap } from "../../../src/domain/document/json-value.ts";
import { sourcedData } from "../../../src/domain/entity/sourced-data.ts";
import { checkWorkflow } from "../../../src/domain/workflow/check-workflow.ts";
import type {
  AskOutcome,
  AskTask,
  CallOutcome,
  CallTask,
  StepNote,
  WorkflowActions,
} from "../../../src/domain/workflow-run/actions.ts";
import { interpretWorkflow } from "../../../src/domain/workflow-run/interpret-workflow.ts";
import type { WorkflowOutcome } from "../../../src/domain/workflow-run/workflow-outcome.ts";

/** When runs of these tests begin. */
export const t0 = Date.parse("2026-03-01T00:00:00.000Z");

export const inputEntity = "0190a6b4-7c1e-7d3a-9f2b-000000000000";

/** The entity that the run of a path gives. */
export function entityOf(path: string): string {
  const hex = createHash("sha256").update(path).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A document of these steps that has passed its check. */
export function aWorkflow(steps: readonly object[], more: Record<string, unknown> = {}): WorkflowDocument {
  const metadata = { id: "flow", name: "Flow", version: "1.0.0", description: "Flows." };
  const { document } = documentOfValue({ metadata, steps, ...more });
  if (document === null) throw new Error("the test's own document cannot be read");
  const { workflow, issues } = checkWorkflow(document, { name: null });
  if (workflow === null) throw new Error(`the test's own document: ${issues[0]?.path} ${issues[0]?.message}`);
  return workflow;
}

/** What becomes of a call: by default it gives `{ done: PATH }` after a second. */
export interface Fate {
  outputs?: JsonMap;
  /** From its start to its end. */
  ms?: number;
  fails?: Partial<(CallOutcome & { state: "failed" })["failure"]>;
  isLarge?: boolean;
  isKept?: boolean;
}

/** What becomes of a question: by default somebody says yes after a second. */
export interface Answer {
  says: boolean | null;
  ms?: number;
  comment?: string;
}

export interface World {
  input?: JsonMap;
  calls?: Record<string, Fate>;
  answers?: Record<string, Answer>;
  /** Called before each call is answered: what it waits for is waited for. */
  before?: (path: string) => Promise<void>;
}

/** What an interpretation asked for and told. */
export interface Happened {
  outcome: WorkflowOutcome;
  calls: CallTask[];
  asked: AskTask[];
  loaded: string[];
  notes: StepNote[];
}

/** Interprets a workflow in a world of this test's own. */
export async function interpret(document: WorkflowDocument, world: World = {}): Promise<Happened> {
  const told = { calls: [] as CallTask[], asked: [] as AskTask[], loaded: [] as string[], notes: [] as StepNote[] };
  const start = { input: sourcedData(inputEntity, world.input ?? {}), run: { id: "run-1", startedAt: t0 } };
  return { outcome: await interpretWorkflow(document, start, actionsIn(world, told)), ...told };
}

/** Actions that note what they are asked for. */
export function actionsIn(world: World, told: Omit<Happened, "outcome">): WorkflowActions {
  const large = new Map<string, JsonMap>();
  return {
    call: async (task) => {
      told.calls.push(task);
      await world.before?.(task.path);
      return outcomeOf(task, world.calls?.[task.path] ?? {}, large);
    },
    ask: async (task) => {
      told.asked.push(task);
      return answerOf(task, world.answers?.[task.path] ?? { says: true });
    },
    load: async (entity) => {
      told.loaded.push(entity);
      const outputs = large.get(entity);
      if (outputs === undefined) throw new Error(`nobody made ${entity}`);
      return outputs;
    },
    note: (note) => told.notes.push(note),
  };
}

function outcomeOf({ path, startedAt }: CallTask, fate: Fate, large: Map<string, JsonMap>): CallOutcome {
  const finishedAt = startedAt + (fate.ms ?? 1000);
  if (fate.fails !== undefined) {
    const failure = { class: "permanent", code: "handler_error", message: "it broke", detail: null } as const;
    return { state: "failed", failure: { ...failure, ...fate.fails }, finishedAt };
  }
  const outputs = fate.outputs ?? { done: path };
  const entity = entityOf(path);
  if (fate.isLarge === true) large.set(entity, outputs);
  const kept = fate.isKept === true ? { isKept: true } : {};
  return { state: "succeeded", entity, outputs: fate.isLarge === true ? null : outputs, finishedAt, ...kept };
}

function answerOf({ startedAt, deadline }: AskTask, { says, ms = 1000, comment = "" }: Answer): AskOutcome {
  if (says === null) return { answer: null, finishedAt: deadline ?? startedAt };
  const finishedAt = startedAt + ms;
  const at = new Date(finishedAt).toISOString();
  return { answer: { approved: says, by: "ada", comment: comment === "" ? null : comment, at }, finishedAt };
}

/** A time of the run, in seconds after its start. */
export function seconds(ms: number | null): number | null {
  return ms === null ? null : (ms - t0) / 1000;
}

/** The last that was told of each step. */
export function statesOf({ notes }: Pick<Happened, "notes">): Record<string, string> {
  const known = new Map<string, string>();
  for (const { path, state } of notes) if (state !== undefined) known.set(path, state);
  return Object.fromEntries(known);
}

/** All that was told of a step. */
export function stepOf({ notes }: Pick<Happened, "notes">, path: string): StepNote {
  return Object.assign({ path }, ...notes.filter((note) => note.path === path));
}

/** What was called, in the order of the calls, with its inputs. */
export function callsOf({ calls }: Pick<Happened, "calls">): [string, JsonMap][] {
  return calls.map(({ path, inputs }) => [path, inputs.values]);
}

/** A failure's code and message, and where; or what the workflow gave. */
export function endOf({ outcome }: Pick<Happened, "outcome">): unknown {
  if (outcome.state === "succeeded") return outcome.outputs.values;
  return `${outcome.step ?? "-"} ${outcome.failure.code}: ${outcome.failure.message}`;
}

/** Lets all that can go on go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
