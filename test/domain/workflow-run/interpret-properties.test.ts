import fc from "fast-check";
import { expect, test } from "vitest";
import { type JsonMap, type JsonValue, valueAt } from "../../../src/domain/document/json-value.ts";
import { sourcedData } from "../../../src/domain/entity/sourced-data.ts";
import type { AskOutcome, CallOutcome, StepNote, WorkflowActions } from "../../../src/domain/workflow-run/actions.ts";
import { interpretWorkflow } from "../../../src/domain/workflow-run/interpret-workflow.ts";
import type { Source } from "../../../src/domain/workflow-run/sourced.ts";
import { isListOfSources } from "../../../src/domain/workflow-run/step-result.ts";
import type { WorkflowOutcome } from "../../../src/domain/workflow-run/workflow-outcome.ts";
import { aWorkflow, entityOf, inputEntity, t0 } from "./a-run.ts";
import { arbitraryWorkflow, diceOf } from "./arbitrary-workflow.ts";
import { documentOfModel, type ModelWorkflow } from "./model-workflow.ts";
import { interpretModel, type ReferenceFate, type ReferenceRun, type ReferenceWorld } from "./reference-interpreter.ts";

const timeOf = (ms: number) => new Date(t0 + ms).toISOString();

/** What becomes of each path, the same for the same seed. */
function worldOf(seed: number): ReferenceWorld {
  const outputs = (dice: (below: number) => number): JsonMap => {
    const list = Array.from({ length: dice(4) }, (_, at) => at);
    const whole = { v: dice(3), flag: dice(3) > 0, list: dice(12) === 0 ? 7 : list };
    return dice(12) === 0 ? { list: whole.list } : whole;
  };
  const fateOf = (path: string): ReferenceFate => {
    const dice = diceOf(Array.from(path).reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed));
    const says = dice(4);
    return {
      ms: dice(3000),
      fails: dice(9) === 0,
      outputs: outputs(dice),
      says: says > 1 ? true : says === 0 ? null : false,
    };
  };
  return { input: { v: 1, flag: true, list: [4, 5] }, fateOf, timeOf };
}

/** What was asked for, by path, and what was told, in words that can be compared. */
interface Seen {
  asked: Map<string, unknown>;
  notes: string[];
  outcome: WorkflowOutcome | null;
  /** What was answered, by path. */
  answers: Map<string, CallOutcome | AskOutcome>;
  sources: { values: JsonMap; sources: Readonly<Record<string, Source>> }[];
}

interface How {
  /** Chooses who is answered next. */
  order: number;
  /** Answers of an earlier interpretation, which are given at once. */
  recorded?: Map<string, CallOutcome | AskOutcome>;
  /** After so many answers the machine stops. */
  mostAnswers?: number;
}

async function interpret(model: ModelWorkflow, world: ReferenceWorld, how: How): Promise<Seen> {
  const [steps, more] = documentOfModel(model);
  const seen: Seen = { asked: new Map(), notes: [], outcome: null, answers: new Map(how.recorded), sources: [] };
  const waiting: { path: string; answer: () => void }[] = [];
  const large = new Map<string, JsonMap>();

  /** Answers what was answered before at once, else when it is this path's turn. */
  function inTurn<Outcome extends CallOutcome | AskOutcome>(
    path: string,
    outcome: Outcome,
    task: unknown,
  ): Promise<Outcome> {
    expect(seen.asked.has(path)).toBe(false);
    seen.asked.set(path, task);
    if (how.recorded?.has(path) === true) return Promise.resolve(outcome);
    return new Promise((resolve) => {
      const answer = (): void => {
        seen.answers.set(path, outcome);
        resolve(outcome);
      };
      waiting.push({ path, answer });
    });
  }

  const actions: WorkflowActions = {
    call: (task) => {
      seen.sources.push(task.inputs);
      return inTurn(task.path, callOutcome(world.fateOf(task.path), task, large), task);
    },
    ask: (task) => inTurn(task.path, askOutcome(world.fateOf(task.path), task), task),
    load: async (entity) => large.get(entity) ?? {},
    note: (note) => seen.notes.push(wordsOf(note)),
  };
  const start = { input: sourcedData(inputEntity, world.input), run: { id: "run-1", startedAt: t0 } };
  const running = interpretWorkflow(aWorkflow(steps, more), start, actions).then((outcome) => {
    seen.outcome = outcome;
    if (outcome.state === "succeeded") seen.sources.push(outcome.outputs);
  });
  const dice = diceOf(how.order);
  for (let left = how.mostAnswers ?? Number.POSITIVE_INFINITY; left > 0; left--) {
    await new Promise((resolve) => setImmediate(resolve));
    if (waiting.length === 0) break;
    waiting.splice(dice(waiting.length), 1)[0]?.answer();
  }
  await new Promise((resolve) => setImmediate(resolve));
  if (how.mostAnswers === undefined) await running;
  return seen;
}

function callOutcome(
  fate: ReferenceFate,
  { path, startedAt, deadline }: { path: string; startedAt: number; deadline: number | null },
  large: Map<string, JsonMap>,
): CallOutcome {
  const finishedAt = startedAt + fate.ms;
  const failure = { class: "permanent", message: "so it is", detail: null } as const;
  if (deadline !== null && finishedAt > deadline) {
    return { state: "failed", failure: { ...failure, code: "timed_out" }, finishedAt: deadline };
  }
  if (fate.fails) return { state: "failed", failure: { ...failure, code: "handler_error" }, finishedAt };
  const entity = entityOf(path);
  const isLarge = fate.ms % 2 === 0;
  if (isLarge) large.set(entity, fate.outputs);
  return { state: "succeeded", entity, outputs: isLarge ? null : fate.outputs, finishedAt };
}

function askOutcome(
  fate: ReferenceFate,
  { startedAt, deadline }: { startedAt: number; deadline: number | null },
): AskOutcome {
  const finishedAt = startedAt + fate.ms;
  if (deadline !== null && (fate.says === null || finishedAt > deadline)) return { answer: null, finishedAt: deadline };
  const at = new Date(finishedAt).toISOString();
  return { answer: { approved: fate.says !== false, by: "ada", comment: null, at }, finishedAt };
}

function wordsOf(note: StepNote): string {
  return JSON.stringify(note);
}

function statesOf({ notes }: Seen): Map<string, string> {
  const states = new Map<string, string>();
  for (const note of notes) {
    const { path, state } = JSON.parse(note);
    if (state !== undefined) states.set(path, state);
  }
  return states;
}

/** What the reference says, in the words of what is seen. */
function expectAsReference(seen: Seen, reference: ReferenceRun): void {
  const called = new Map<string, unknown>();
  for (const [path, { inputs, startedAt, deadline }] of reference.calls) {
    called.set(path, { inputs, startedAt: t0 + startedAt, deadline: deadline === null ? null : t0 + deadline });
  }
  const asked = new Map<string, unknown>();
  for (const [path, task] of seen.asked) {
    const { inputs, startedAt, deadline } = JSON.parse(JSON.stringify(task));
    asked.set(path, { inputs: inputs?.values ?? null, startedAt, deadline });
  }
  expect(asked).toEqual(called);
  expect([...seen.asked.keys()].filter((path) => path.endsWith("!undo"))).toEqual(reference.undone);
  // What cannot even be begun is told by its end only: a step of a list that was not gone through is told by none.
  expect(statesOf(seen)).toEqual(reference.states);
  const { outcome } = seen;
  if (outcome === null) throw new Error("it did not end");
  const end =
    outcome.state === "succeeded"
      ? { state: outcome.state, outputs: outcome.outputs.values }
      : { state: outcome.state, code: outcome.failure.code, step: outcome.step };
  expect(end).toEqual(reference.end);
  expect(outcome.finishedAt).toBe(t0 + reference.finishedAt);
}

/** What lies at each address that a value is said to be a copy of, is that value; and what it was computed from is there. */
function expectTrueSources(seen: Seen, world: ReferenceWorld): void {
  const entities = new Map<string, JsonMap>([[inputEntity, world.input]]);
  for (const path of seen.asked.keys()) entities.set(entityOf(path), world.fateOf(path).outputs);
  const look = ({ ecsId, steps }: { ecsId: string; steps: (string | number)[] }): JsonValue | undefined => {
    const data = entities.get(ecsId);
    return data === undefined ? undefined : valueAt(data, steps.map(String));
  };
  const compare = (value: JsonValue | undefined, source: Source): void => {
    if ("at" in source) expect(look(source.at)).toEqual(value);
    else if ("from" in source) for (const address of source.from) expect(look(address)).not.toBe(undefined);
    else if (isListOfSources(source.members)) {
      for (const [at, member] of source.members.entries()) compare(valueAt(value ?? null, [String(at)]), member);
    } else for (const [key, member] of Object.entries(source.members)) compare(valueAt(value ?? null, [key]), member);
  };
  for (const { values, sources } of seen.sources) {
    expect(Object.keys(sources)).toEqual(Object.keys(values));
    for (const [key, source] of Object.entries(sources)) compare(values[key], source);
  }
}

/** On a machine that does much else. */
const slow = 120_000;

const anyRun = fc.record({ model: arbitraryWorkflow, seed: fc.nat(), order: fc.nat() });

test(
  "whatever the workflow, its outcomes and the order in which they come: the calls, times, states and the end are those of the rules",
  async () => {
    const met = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ model, seed, order }) => {
        const world = worldOf(seed);
        const reference = interpretModel(model, world);
        const seen = await interpret(model, world, { order });
        expectAsReference(seen, reference);
        expectTrueSources(seen, world);
        const { end, undone } = reference;
        const words = [end.state === "failed" ? end.code : `succeeded, ${model.onError}`, ...reference.states.values()];
        if (undone.length > 1) words.push("undone");
        for (const word of new Set(words)) met.set(word, (met.get(word) ?? 0) + 1);
      }),
      { numRuns: 250 },
    );
    const needed = ["succeeded, fail", "succeeded, continue", "succeeded, compensate", "undone", "skipped", "failed"];
    for (const word of [...needed, "handler_error", "timed_out", "rejected", "expression_failed"]) {
      expect([word, met.has(word)]).toEqual([word, true]);
    }
  },
  slow,
);

test(
  "interpreted again after a stop anywhere, it asks for the same, tells the same and ends the same",
  async () => {
    await fc.assert(
      fc.asyncProperty(anyRun, fc.nat(12), fc.nat(), async ({ model, seed, order }, mostAnswers, otherOrder) => {
        const world = worldOf(seed);
        const whole = await interpret(model, world, { order });
        const stopped = await interpret(model, world, { order: otherOrder, mostAnswers });
        for (const [path, task] of stopped.asked) expect(whole.asked.get(path)).toEqual(task);
        for (const note of stopped.notes) expect(whole.notes).toContain(note);
        const again = await interpret(model, world, { order: otherOrder + 1, recorded: stopped.answers });
        expect(again.asked).toEqual(whole.asked);
        expect([...again.notes].sort()).toEqual([...whole.notes].sort());
        expect(again.outcome).toEqual(whole.outcome);
      }),
      { numRuns: 100 },
    );
  },
  slow,
);
