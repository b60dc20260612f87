import type { Progress } from "../../contract/run/progress.ts";
import type { ProgressReport } from "../../contract/runner/from-runner.ts";
import type { ConcreteTemplate } from "../../contract/template/document.ts";

/** A template's own stages. */
export type Stages = NonNullable<ConcreteTemplate["stages"]>;

/** The stages of a run whose template names none, and their shares of the bar: waiting; files and models; the work; outputs. */
export const defaultStages = [
  { name: "queue", weight: 0.05 },
  { name: "prepare", weight: 0.15 },
  { name: "execute", weight: 0.7 },
  { name: "finish", weight: 0.1 },
] as const satisfies Stages;

/** What a report can bring the bar to: only success is 100. */
const mostOfReport = 99;

/** How far the whole run is after a report. `stages`: the template's own; `at`: RFC 3339. */
export function overallProgress(given: {
  before: Progress | null;
  report: Pick<ProgressReport, "stage" | "fraction" | "message" | "preview">;
  stages: Stages | null;
  secondsLeft: number | null;
  at: string;
}): Progress {
  const { before, report } = given;
  const known = before?.percent ?? 0;
  const reached = percentOf(report.stage, report.fraction, given.stages);
  // A stage that nobody declared has no share of the bar: what it says is shown, and the bar stays.
  const isKnown = reached !== null;
  const stage = isKnown ? report.stage : (before?.stage ?? null);
  return {
    percent: Math.max(known, Math.min(mostOfReport, reached ?? 0)),
    stage,
    fraction: isKnown ? report.fraction : (before?.fraction ?? null),
    message: report.message ?? (stage === before?.stage ? before.message : null),
    eta_seconds: given.secondsLeft,
    preview: report.preview ?? before?.preview ?? null,
    at: given.at,
  };
}

/** The last progress of a run that succeeded: the only one of 100 percent. */
export function progressOfSuccess(before: Progress | null, at: string): Progress {
  const { message, preview } = before ?? { message: null, preview: null };
  return { percent: 100, stage: "finish", fraction: 1, message, eta_seconds: 0, preview, at };
}

/**
 * The share of its work, 0 to 1, that an attempt has done by its own report, whatever earlier attempts reached; for `secondsLeft`. Time in the
 * queue is no work. Null for a stage that is not known.
 */
export function workDone(report: Pick<ProgressReport, "stage" | "fraction">, stages: Stages | null): number | null {
  const percent = percentOf(report.stage, report.fraction, stages);
  const start = percentOf("queue", 1, stages) ?? 0;
  return percent === null ? null : Math.max(0, (percent - start) / (100 - start));
}

/**
 * Where in the bar a stage's fraction lies, 0 to 100; null for a stage that is not known.
 *
 * A template's own stages are parts of the handler's work, so they share the place of `execute`; `queue`, `prepare` and `finish` stay, as
 * the pool and the runner tell of them. A template that names one of the four itself lays out the whole bar, and what it leaves out has no
 * share.
 */
export function percentOf(stage: string, fraction: number, stages: Stages | null): number | null {
  const names = new Set<string>(defaultStages.map(({ name }) => name));
  if (stages === null) return placeIn(defaultStages, stage, fraction, 0, 100);
  if (stages.some(({ name }) => names.has(name))) return placeIn(stages, stage, fraction, 0, 100);
  const start = placeIn(defaultStages, "execute", 0, 0, 100) ?? 0;
  const end = placeIn(defaultStages, "execute", 1, 0, 100) ?? 100;
  return placeIn(stages, stage, fraction, start, end) ?? placeIn(defaultStages, stage, fraction, 0, 100);
}

function placeIn(stages: Stages, stage: string, fraction: number, start: number, end: number): number | null {
  const position = stages.findIndex(({ name }) => name === stage);
  const found = stages[position];
  if (found === undefined) return null;
  const total = weightOf(stages);
  const share = (weightOf(stages.slice(0, position)) + found.weight * fraction) / total;
  // A tenth of a percent is what a bar can show.
  return Math.round((start + (end - start) * share) * 10) / 10;
}

function weightOf(stages: Stages): number {
  return stages.reduce((sum, { weight }) => sum + weight, 0);
}
