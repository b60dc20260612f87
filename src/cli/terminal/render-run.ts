import type { Attempt, Run } from "../../contract/run/run.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { runnerText } from "../runs/watched-run.ts";
import { shortId } from "../short-id.ts";
import { facts } from "./facts.ts";
import type { Terminal } from "./open-terminal.ts";
import { paintRunState } from "./paint-run-state.ts";
import { count, plainText } from "./plain-text.ts";
import { renderFailure } from "./render-failure.ts";
import { renderReplay } from "./render-replay.ts";
import { renderWaiting } from "./render-waiting.ts";
import { usualWidth } from "./render-workflow.ts";
import { secondsBetween, showAge, showLeft, showSeconds } from "./show-time.ts";
import { showValue } from "./show-value.ts";
import { table } from "./table.ts";
import { approvalLines } from "./workflow/approval-lines.ts";
import { failureAdvice } from "./workflow/failed-step.ts";
import { notableSteps, stepTable } from "./workflow/step-table.ts";

/** Everything that a run says of itself; `steps` are those of a workflow's run. */
export function renderRun(terminal: Terminal, run: Run, nowMs: number, steps: readonly StepState[] = []): string {
  const { colors } = terminal;
  const isWorkflow = run.kind === "workflow";
  const labels = Object.entries(run.labels).map(([key, value]) => `${key}=${plainText(value)}`);
  const parts = [
    `${paintRunState(run.state, colors)}  ${colors.bold(`${run.name} ${run.version}`)}`,
    facts(
      [
        ["id", run.id],
        ["state", stateText(run, nowMs)],
        ["progress", progressText(run)],
        ["asked", `${run.created_at} by ${plainText(run.created_by)} (${showAge(run.created_at, nowMs)} ago)`],
        ["step", run.parent === null ? null : `${plainText(run.parent.step)} of run ${run.parent.run}`],
        ["retry of", run.retry_of === null ? null : `${run.retry_of.run}, from ${plainText(run.retry_of.from)}`],
        ["pool", isWorkflow ? null : `${run.pool}, priority ${run.priority}`],
        ["labels", labels.length === 0 ? null : labels.join(", ")],
        ["steps", isWorkflow ? stepCounts(steps) : null],
        [
          "attempts",
          isWorkflow ? null : `${run.attempt} of at most ${run.max_attempts}, ${showSeconds(run.timeout_seconds)} each`,
        ],
        ["digest", run.digest],
        ["input", `@${run.input_entity}`],
        ...outputRows(run),
        ["failure", run.state === "failed" ? `@${run.failure_entity}` : null],
        ["replay of", run.replay?.of ?? null],
      ],
      colors,
    ),
  ];
  if (run.state === "queued" && run.waiting !== null) parts.push(renderWaiting(terminal, run.waiting, run.pool));
  if (run.state === "failed") parts.push(renderFailure(run.failure, colors, failureAdvice(run, steps)));
  if (run.replay !== null) parts.push(renderReplay(terminal, run.replay));
  if (run.attempts.length > 0) {
    const rows = run.attempts.map((attempt) => attemptRow(attempt, nowMs));
    parts.push(table(terminal, ["ATTEMPT", "RUNNER", "OUTCOME", "TOOK", "WHY"], rows));
  }
  if (steps.length > 0) parts.push(...stepParts(terminal, run.id, steps, nowMs));
  return parts.join("\n\n");
}

function stepParts(terminal: Terminal, run: string, steps: readonly StepState[], nowMs: number): string[] {
  const { colors } = terminal;
  const shown = notableSteps(steps);
  const left = steps.length - shown.length;
  const more = `and ${count(left, "step")} of items of maps; \`callsheet runs steps ${shortId(run)}\` tells all`;
  const waiting = steps.filter(({ state }) => state === "waiting");
  return [
    stepTable(terminal, shown, nowMs) + (left === 0 ? "" : `\n${colors.dim(more)}`),
    ...waiting.map((step) =>
      [`${step.path} waits`, ...approvalLines(step, run, usualWidth - 2, colors).map((line) => `  ${line}`)].join("\n"),
    ),
  ];
}

/** `12: 10 succeeded, 1 failed, 1 skipped`. */
function stepCounts(steps: readonly StepState[]): string {
  const states = [...new Set(steps.map(({ state }) => state))];
  const parts = states.map((state) => `${steps.filter((step) => step.state === state).length} ${state}`);
  return steps.length === 0 ? "none was reached yet" : `${steps.length}: ${parts.join(", ")}`;
}

function stateText(run: Run, nowMs: number): string {
  switch (run.state) {
    case "queued":
      return `queued for ${showAge(run.created_at, nowMs)}`;
    case "leased":
      return `given to ${runnerText(run.runner)} ${showAge(run.leased_at, nowMs)} ago, not begun yet`;
    case "running":
      if (run.kind === "workflow") return `running for ${showAge(run.started_at, nowMs)}`;
      return `running on ${runnerText(run.runner)} for ${showAge(run.started_at, nowMs)}`;
    case "succeeded":
      if (run.kind === "workflow") return `succeeded in ${showSeconds(run.run_seconds)}, ${run.finished_at}`;
      return `succeeded on ${runnerText(run.runner)} in ${showSeconds(run.run_seconds)}, ${run.finished_at}`;
    case "failed":
      return `failed ${showSeconds(secondsBetween(run.created_at, run.finished_at))} after it was asked, ${run.finished_at}`;
    case "cancelled": {
      const why = run.reason === null ? "" : `: ${plainText(run.reason)}`;
      return `cancelled by ${plainText(run.cancelled_by)}${why}, ${run.finished_at}`;
    }
  }
}

function progressText({ progress, state }: Run): string | null {
  if (progress === null || state === "succeeded") return null;
  const { percent, stage, message, eta_seconds } = progress;
  const left = eta_seconds === null || state !== "running" ? null : showLeft(eta_seconds);
  return [`${Math.floor(percent)} %`, stage, message, left]
    .flatMap((part) => (part === null ? [] : [plainText(part)]))
    .join("  ");
}

function outputRows(run: Run): [string, string][] {
  if (run.state !== "succeeded") return [];
  return run.outputs.map(({ entity, outputs }, i) => {
    const values = Object.entries(outputs ?? {}).map(([key, value]) => `  ${key}  ${showValue(value)}`);
    const shown = outputs === null ? [`  too large to be shown here; \`callsheet entities show ${entity}\``] : values;
    return [run.outputs.length === 1 ? "output" : `output ${i + 1}`, [`@${entity}`, ...shown].join("\n")];
  });
}

function attemptRow({ attempt, runner, outcome, leased_at, ended_at, failure }: Attempt, nowMs: number): string[] {
  const tookSeconds = secondsBetween(leased_at, ended_at ?? new Date(nowMs).toISOString());
  const why = failure === null ? "" : `${failure.code} (${failure.class}): ${failure.message}`;
  return [String(attempt), runnerText(runner), outcome.replace("_", " "), showSeconds(tookSeconds), why];
}
