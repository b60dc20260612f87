import type { JsonMap, JsonValue } from "../../../src/domain/document/json-value.ts";
import type { ModelStep, ModelWorkflow } from "./model-workflow.ts";
import { Bad, type StepEnd as End, expressionsOf, find, type Names, Skip } from "./reference-expressions.ts";

/*
 * The rules of docs/workflows.md once more, the plain way: one step after the other, in the order of the document, with all outcomes known. Times are
 * milliseconds since the run's start.
 */

export interface ReferenceFate {
  ms: number;
  fails: boolean;
  outputs: JsonMap;
  says: boolean | null;
}

export interface ReferenceWorld {
  input: JsonMap;
  fateOf(path: string): ReferenceFate;
  timeOf(ms: number): string;
}

export interface ReferenceCall {
  inputs: JsonMap | null;
  startedAt: number;
  deadline: number | null;
}

export interface ReferenceRun {
  calls: Map<string, ReferenceCall>;
  states: Map<string, string>;
  undone: string[];
  end: { state: "succeeded"; outputs: JsonMap } | { state: "failed"; code: string; step: string | null };
  finishedAt: number;
}

interface Ended {
  failed: (End & { state: "failed" }) | null;
  ends: End[];
  at: number;
}

interface Place {
  prefix: string;
  order: number[];
  names: Names;
  start: number;
  /** By when, and whether that is the whole run's time. */
  until: { at: number; isRuns: boolean } | null;
}

export function interpretModel(model: ModelWorkflow, world: ReferenceWorld): ReferenceRun {
  const calls = new Map<string, ReferenceCall>();
  const states = new Map<string, string>();
  const done: { step: ModelStep & { kind: "call" }; path: string; order: number[]; names: Names; at: number }[] = [];
  const goesOn = model.onError === "continue";
  const { evaluate, evaluateAll, holds } = expressionsOf(goesOn, world.input);

  function list(steps: readonly ModelStep[], place: Place, isParallel: boolean): Ended {
    const ends: End[] = [];
    let failed: Ended["failed"] = null;
    let [now, latest] = [place.start, place.start];
    for (const [index, step] of steps.entries()) {
      const here = { ...place, start: isParallel ? place.start : now, order: [...place.order, index] };
      const end: End = failed !== null && !isParallel ? { state: "skipped", at: now } : one(step, here);
      states.set(place.prefix + step.id, end.state);
      ends.push(end);
      if (!isParallel) place.names.steps.set(step.id, { step, end });
      now = Math.max(now, end.at);
      latest = Math.max(latest, end.at);
      if (end.state === "failed" && (!goesOn || end.isFinal)) failed ??= end;
    }
    if (isParallel)
      for (const [index, step] of steps.entries()) {
        const end = ends[index];
        if (end !== undefined) place.names.steps.set(step.id, { step, end });
      }
    return { failed, ends, at: latest };
  }

  function one(step: ModelStep, place: Place): End {
    const path = place.prefix + step.id;
    const fail = (code: string, at = place.start, isFinal = false): End => ({
      state: "failed",
      code,
      step: path,
      isFinal,
      at,
    });
    if (place.until !== null && place.start >= place.until.at)
      return fail("timed_out", place.start, place.until.isRuns);
    const own = step.timeoutMs === null ? null : { at: place.start + step.timeoutMs, isRuns: false };
    const until = own === null || (place.until !== null && place.until.at < own.at) ? place.until : own;
    const inside = { ...place, until, prefix: `${path}/` };
    try {
      if (step.condition !== null && step.kind !== "conditional") {
        if (!holds(step.condition, place.names)) return { state: "skipped", at: place.start };
      }
      switch (step.kind) {
        case "call":
          return call(step, path, { ...place, until });
        case "approval":
          return ask(step, path, { ...place, until }, until !== place.until);
        case "sequence":
        case "parallel":
          return contained(list(step.steps, inside, step.kind === "parallel"), step.steps);
        case "conditional": {
          const isYes = step.condition === null || holds(step.condition, place.names);
          const chosen = isYes ? step.yes : (step.no ?? []);
          const branch = isYes ? 1 : 2;
          const at = { ...inside, order: [...place.order, branch], prefix: `${path}/if_${isYes}/` };
          return contained(list(chosen, at, false), chosen);
        }
        case "switch": {
          const by = evaluate(step.by, place.names);
          if (typeof by === "object" && by !== null) throw new Bad();
          const key = Object.hasOwn(step.cases, String(by)) ? String(by) : "default";
          const chosen = step.cases[key] ?? [];
          const order = [...place.order, Object.keys(step.cases).indexOf(key)];
          return contained(list(chosen, { ...inside, order, prefix: `${path}/${key}/` }, false), chosen);
        }
        case "map":
          return mapped(step, path, { ...place, until });
      }
    } catch (thrown) {
      if (thrown instanceof Skip) return { state: "skipped", at: place.start };
      if (thrown instanceof Bad) return fail("expression_failed");
      throw thrown;
    }
  }

  function contained({ failed, ends, at }: Ended, steps: readonly ModelStep[]): End {
    if (failed !== null) return { ...failed, at };
    const outputs: JsonMap = {};
    for (const [index, { id }] of steps.entries()) {
      const end = ends[index];
      if (end?.state === "succeeded") outputs[id] = end.outputs;
    }
    return { state: "succeeded", outputs, at };
  }

  function call(step: ModelStep & { kind: "call" }, path: string, { names, start, until, order }: Place): End {
    const inputs = evaluateAll(step.inputs, names);
    const fate = world.fateOf(path);
    calls.set(path, { inputs, startedAt: start, deadline: until?.at ?? null });
    const at = until === null ? start + fate.ms : Math.min(start + fate.ms, until.at);
    if (until !== null && start + fate.ms > until.at) {
      return { state: "failed", code: "timed_out", step: path, isFinal: until.isRuns, at };
    }
    if (fate.fails) return { state: "failed", code: "handler_error", step: path, isFinal: false, at };
    if (step.undo !== null) done.push({ step, path, order, names, at });
    return { state: "succeeded", outputs: named(step.alias, fate.outputs), at };
  }

  function ask(step: ModelStep & { kind: "approval" }, path: string, { start, until }: Place, isOwnTime: boolean): End {
    const fate = world.fateOf(path);
    calls.set(path, { inputs: null, startedAt: start, deadline: until?.at ?? null });
    const isLate = until !== null && (fate.says === null || start + fate.ms > until.at);
    const at = isLate ? until.at : start + fate.ms;
    const failed = (code: string, isFinal: boolean): End => ({ state: "failed", code, step: path, isFinal, at });
    if (isLate && (step.default === null || !isOwnTime)) return failed("timed_out", until.isRuns);
    const approved = isLate ? step.default === "approve" : fate.says !== false;
    if (!approved && !step.goesOn) return failed("rejected", false);
    const answer = { approved, by: isLate ? "timeout" : "ada", comment: null, at: world.timeOf(at) };
    return { state: "succeeded", outputs: named(step.alias, answer), at };
  }

  function mapped(step: ModelStep & { kind: "map" }, path: string, place: Place): End {
    const over = evaluate(step.over, place.names);
    if (!Array.isArray(over)) throw new Bad();
    const items: Ended[] = [];
    for (const [index, value] of over.entries()) {
      const names = { steps: new Map(), outer: place.names, items: { [`item_${step.id}`]: value } };
      const start = items[index - step.lanes]?.at ?? place.start;
      const order = [...place.order, index];
      items.push(list(step.steps, { ...place, names, start, order, prefix: `${path}[${index}]/` }, false));
    }
    const at = Math.max(place.start, ...items.map((item) => item.at));
    const failed = items.find((item) => item.failed !== null)?.failed ?? null;
    if (failed !== null) return { ...failed, at };
    const lasts = items.map(({ ends }) => ends.at(-1));
    const outputs = lasts.map((end) => (end?.state === "succeeded" ? end.outputs : null));
    return { state: "succeeded", outputs: named(step.alias, outputs), at };
  }

  function named(alias: string | null, outputs: JsonValue): JsonValue {
    return alias === null ? outputs : { [alias]: outputs };
  }

  function undo(start: number): number {
    let now = start;
    const latestFirst = (a: number[], b: number[]): number => {
      for (let at = 0; ; at++) {
        const [left, right] = [a[at] ?? -1, b[at] ?? -1];
        if (left !== right || (a.length <= at && b.length <= at)) return right - left;
      }
    };
    for (const { step, path, names } of done.sort((a, b) => b.at - a.at || latestFirst(a.order, b.order))) {
      const here = `${path}!undo`;
      try {
        const inputs = evaluateAll(step.undo ?? {}, names);
        const fate = world.fateOf(here);
        calls.set(here, { inputs, startedAt: now, deadline: null });
        states.set(here, fate.fails ? "failed" : "succeeded");
        undone.push(here);
        now += fate.ms;
      } catch (thrown) {
        if (!(thrown instanceof Bad)) throw thrown;
        states.set(here, "failed");
      }
    }
    return now;
  }

  function outputsOfAll(names: Names): JsonMap {
    if (model.outputs === null) {
      const last = model.steps.at(-1);
      const end = last === undefined ? undefined : find(names, last.id)?.end;
      if (last === undefined || end?.state !== "succeeded") return {};
      const { outputs } = end;
      return typeof outputs === "object" && outputs !== null && !Array.isArray(outputs)
        ? outputs
        : { [last.id]: outputs };
    }
    const given: JsonMap = {};
    for (const [name, expression] of Object.entries(model.outputs)) {
      try {
        given[name] = { is: evaluate(expression, names) };
      } catch (thrown) {
        if (!(thrown instanceof Skip)) throw thrown;
      }
    }
    return given;
  }

  const undone: string[] = [];
  const names: Names = { steps: new Map(), outer: null, items: {} };
  const until = model.timeoutMs === null ? null : { at: model.timeoutMs, isRuns: true };
  const { failed, at } = list(model.steps, { prefix: "", order: [], names, start: 0, until }, false);
  const fail = (code: string, step: string | null): ReferenceRun => {
    const finishedAt = model.onError === "compensate" ? undo(at) : at;
    return { calls, states, undone, end: { state: "failed", code, step }, finishedAt };
  };
  if (failed !== null) return fail(failed.code, failed.step);
  try {
    const outputs = outputsOfAll(names);
    return { calls, states, undone, end: { state: "succeeded", outputs }, finishedAt: at };
  } catch (thrown) {
    if (thrown instanceof Bad) return fail("expression_failed", null);
    throw thrown;
  }
}
