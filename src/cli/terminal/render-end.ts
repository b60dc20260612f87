import type { Lineage } from "../../contract/entity/lineage.ts";
import type { Run } from "../../contract/run/run.ts";
import type { Field } from "../../contract/template/field.ts";
import { filesInValues } from "../files/files-in-values.ts";
import type { SavedOutput } from "../runs/save-outputs.ts";
import type { ReadOutput } from "../runs/tell-end.ts";
import { runnerText } from "../runs/watched-run.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { paintRunState } from "./paint-run-state.ts";
import { plainText } from "./plain-text.ts";
import { renderFailure } from "./render-failure.ts";
import { renderLineage } from "./render-lineage.ts";
import { renderReplay } from "./render-replay.ts";
import { usualWidth } from "./render-workflow.ts";
import { secondsBetween, showSeconds } from "./show-time.ts";
import { showValue } from "./show-value.ts";
import { failureAdvice } from "./workflow/failed-step.ts";
import { renderSteps, type ShownSteps } from "./workflow/render-steps.ts";

/** What is told of a run that ended. */
export interface RunEnd {
  run: Run;
  outputs: readonly ReadOutput[];
  declared: Record<string, Field>;
  saved: readonly SavedOutput[];
  lineage: Lineage | null;
  /** Of a workflow's run. */
  steps: ShownSteps | null;
}

/** A lineage longer than this is told by a command of its own. */
const mostLineageLines = 24;

/** How a run ended: its outputs and where their files are, or why there are none; where it came from. */
export function renderEnd(terminal: Terminal, end: RunEnd): string {
  const { run, outputs, lineage } = end;
  const { colors } = terminal;
  const parts = [headLine(run, colors)];
  if (end.steps !== null && end.steps.states.size > 0) {
    const look = { colors, width: (terminal.width ?? usualWidth) - 2, nowMs: 0 };
    parts.push(
      renderSteps(end.steps, look)
        .map(({ text }) => `  ${text}`)
        .join("\n"),
    );
  }
  if (run.state === "failed")
    parts.push(renderFailure(run.failure, colors, failureAdvice(run, end.steps?.states.values() ?? [])));
  if (run.replay !== null) parts.push(renderReplay(terminal, run.replay));
  for (const [i, output] of outputs.entries()) {
    const title = outputs.length === 1 ? "output" : `output ${i + 1} of ${outputs.length}`;
    parts.push([`${colors.bold(title)}  @${output.entity}`, ...valueLines(output, end, colors)].join("\n"));
  }
  const drawn = lineage === null ? null : renderLineage(lineage, colors);
  if (drawn !== null && drawn.split("\n").length <= mostLineageLines) {
    parts.push(`${colors.bold("lineage")}\n${indented(drawn)}`);
  }
  parts.push(`run  ${run.id}`);
  return parts.join("\n\n");
}

function headLine(run: Run, colors: Colors): string {
  const what = `${paintRunState(run.state, colors)}  ${colors.bold(`${run.name} ${run.version}`)}`;
  switch (run.state) {
    case "succeeded": {
      if (run.kind === "workflow") return `${what}  in ${showSeconds(run.run_seconds)}`;
      const waitedSeconds = secondsBetween(run.created_at, run.finished_at) - run.run_seconds;
      const waited = waitedSeconds > 1 ? ` after ${showSeconds(waitedSeconds)} of waiting and handing over` : "";
      return `${what}  in ${showSeconds(run.run_seconds)} on ${plainText(runnerText(run.runner))}${waited}`;
    }
    case "failed":
      return `${what}  after ${showSeconds(secondsBetween(run.created_at, run.finished_at))}`;
    case "cancelled": {
      const why = run.reason === null ? "" : `: ${plainText(run.reason)}`;
      return `${what}  by ${plainText(run.cancelled_by)}${why}`;
    }
    default:
      return what;
  }
}

function valueLines(output: ReadOutput, { declared, saved }: RunEnd, colors: Colors): string[] {
  const width = Math.max(0, ...Object.keys(output.values).map((key) => key.length));
  const pathOf = new Map(
    saved
      .filter(({ output_index }) => output_index === output.output_index)
      .map(({ output: place, path }) => [place, path]),
  );
  const lines = Object.entries(output.values).flatMap(([key, value]) => {
    const files = filesInValues(declared, { [key]: value });
    const [file] = files;
    const name = plainText(key).padEnd(width);
    if (file === undefined) return [`  ${name}  ${showValue(value)}`];
    if (typeof value === "string") return [`  ${name}  ${fileText(file.digest, pathOf.get(key), colors)}`];
    const inner = files
      .filter(({ words, isGuess }) => !isGuess || pathOf.has(words.join(".")))
      .map(({ words, digest }) => {
        const place = words.join(".");
        return `    ${place}  ${fileText(digest, pathOf.get(place), colors)}`;
      });
    // What only looks like files may be anything beside.
    if (files.some(({ isGuess }) => isGuess)) return [`  ${name}  ${showValue(value)}`, ...inner];
    return [`  ${name}  ${files.length === 1 ? "1 file" : `${files.length} files`}`, ...inner];
  });
  return lines;
}

function fileText(digest: string, path: string | undefined, colors: Colors): string {
  return path === undefined ? digest : `saved as ${colors.green(path)}  ${colors.dim(`${digest.slice(0, 19)}…`)}`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
