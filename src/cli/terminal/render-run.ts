import type { Attempt, Run } from "../../contract/run/run.ts";
import { runnerText } from "../runs/watched-run.ts";
import { facts } from "./facts.ts";
import type { Terminal } from "./open-terminal.ts";
import { paintRunState } from "./paint-run-state.ts";
import { plainText } from "./plain-text.ts";
import { renderFailure } from "./render-failure.ts";
import { renderReplay } from "./render-replay.ts";
import { renderWaiting } from "./render-waiting.ts";
import { secondsBetween, showAge, showLeft, showSeconds } from "./show-time.ts";
import { showValue } from "./show-value.ts";
import { table } from "./table.ts";

/** Everything that a run says of itself. */
export function renderRun(terminal: Terminal, run: Run, nowMs: number): string {
  const { colors } = terminal;
  const labels = Object.entries(run.labels).map(([key, value]) => `${key}=${plainText(value)}`);
  const parts = [
    `${paintRunState(run.state, colors)}  ${colors.bold(`${run.name} ${run.version}`)}`,
    facts(
      [
        ["id", run.id],
        ["state", stateText(run, nowMs)],
        ["progress", progressText(run)],
        ["asked", `${run.created_at} by ${plainText(run.created_by)} (${showAge(run.created_at, nowMs)} ago)`],
        ["pool", `${run.pool}, priority ${run.priority}`],
        ["labels", labels.length === 0 ? null : labels.join(", ")],
        ["attempts", `${run.attempt} of at most ${run.max_attempts}, ${showSeconds(run.timeout_seconds)} each`],
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
  if (run.state === "failed") parts.push(renderFailure(run.failure, colors));
  if (run.replay !== null) parts.push(renderReplay(terminal, run.replay));
  if (run.attempts.length > 0) {
    const rows = run.attempts.map((attempt) => attemptRow(attempt, nowMs));
    parts.push(table(terminal, ["ATTEMPT", "RUNNER", "OUTCOME", "TOOK", "WHY"], rows));
  }
  return parts.join("\n\n");
}

function stateText(run: Run, nowMs: number): string {
  switch (run.state) {
    case "queued":
      return `queued for ${showAge(run.created_at, nowMs)}`;
    case "leased":
      return `given to ${runnerText(run.runner)} ${showAge(run.leased_at, nowMs)} ago, not begun yet`;
    case "running":
      return `running on ${runnerText(run.runner)} for ${showAge(run.started_at, nowMs)}`;
    case "succeeded":
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
