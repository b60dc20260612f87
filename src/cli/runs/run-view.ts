import type { LogEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { OutlineStep } from "../../domain/workflow-graph/outline-workflow.ts";
import { LiveBlock } from "../terminal/live-block.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { logText, plainText } from "../terminal/plain-text.ts";
import { renderWatch } from "../terminal/render-watch.ts";
import { waitingText } from "../terminal/waiting-text.ts";
import { renderWorkflowWatch } from "../terminal/workflow/render-workflow-watch.ts";
import { childLine, stepLines } from "../terminal/workflow/step-lines.ts";
import type { WatchedRun } from "./watched-run.ts";

/** How a run under way is shown. All of it goes to stderr: stdout is for the result. */
export interface RunView {
  show(watched: WatchedRun): void;
  log(event: LogEvent): void;
  /** A run that does a step of this one. */
  child(path: string, child: WatchedRun): void;
  note(text: string): void;
  /** Says whether the registry answers. */
  away(isAway: boolean): void;
  /** Shows nothing while something is asked; `false` goes on. */
  hold(isHeld: boolean): void;
  close(): void;
}

/**
 * A block that is drawn again and again. `startedAtMs`: when the run was asked for. `outline`: the steps, of a run of a workflow; null where
 * its document is not at hand.
 */
export function liveView(terminal: Terminal, startedAtMs: number, outline: readonly OutlineStep[] | null): RunView {
  const block = new LiveBlock(process.stderr);
  const children = new Map<string, WatchedRun>();
  let shown: WatchedRun | null = null;
  let isAway = false;
  let isHeld = false;
  const draw = () => {
    if (shown === null || isHeld) return;
    const nowMs = Date.now();
    const elapsedSeconds = (nowMs - startedAtMs) / 1000;
    const look = { colors: terminal.colors, width: block.width, elapsedSeconds, isAway };
    const isWorkflow = shown.run.kind === "workflow";
    // A block higher than the terminal could not be erased.
    const height = (process.stderr.rows ?? usualHeight) - 1;
    block.draw(
      isWorkflow
        ? renderWorkflowWatch(shown, { outline, children }, { ...look, nowMs, height })
        : renderWatch(shown, look),
    );
  };
  const say = (text: string) => {
    if (isHeld) process.stderr.write(`${text}\n`);
    else block.above(text);
  };
  const clock = setInterval(draw, 500);
  return {
    show(watched) {
      const failed = newFailure(shown, watched);
      if (failed !== null) say(terminal.colors.yellow(failed));
      shown = watched;
      draw();
    },
    log: ({ stream, text }) => say(stream === "stderr" ? terminal.colors.dim(logText(text)) : logText(text)),
    child(path, child) {
      children.set(path, child);
      draw();
    },
    note: say,
    away(now) {
      isAway = now;
      draw();
    },
    hold(now) {
      if (now) block.clear();
      isHeld = now;
      draw();
    },
    close() {
      clearInterval(clock);
      block.clear();
    },
  };
}

const usualHeight = 24;

/** Lines, one for each thing that changes; with `showsProgress` each stage and each tenth of the way too. */
export function lineView(terminal: Terminal, showsProgress: boolean): RunView {
  let shown: WatchedRun | null = null;
  let told = "";
  const waits = new Map<string, string | null>();
  let isAway = false;
  const say = (text: string) => terminal.note(`${new Date().toISOString().slice(11, 19)}  ${text}`);
  const sayOnce = (text: string) => {
    if (text !== told) say(text);
    told = text;
  };
  return {
    show(watched) {
      const failed = newFailure(shown, watched);
      if (failed !== null) say(failed);
      const steps = stepLines(shown?.steps ?? new Map(), watched.steps, watched.run.id);
      shown = watched;
      for (const line of steps) say(line);
      // How it ended is the result, which stdout tells.
      // What a workflow's run does is told step by step.
      const isToldBySteps = watched.run.kind === "workflow" && watched.state === "running";
      if (!isFinal(watched.state) && !isToldBySteps) sayOnce(stateLine(watched, showsProgress));
    },
    // Whoever asks for logs wants them, --quiet or not.
    log: ({ text }) => terminal.warn(logText(text)),
    child(path, child) {
      const line = childLine(path, child);
      if (line !== null && waits.get(path) !== line) say(line);
      waits.set(path, line);
    },
    note: say,
    away(now) {
      if (now !== isAway) say(now ? "the registry does not answer; trying again" : "the registry answers again");
      isAway = now;
    },
    hold: () => undefined,
    close: () => undefined,
  };
}

function stateLine(watched: WatchedRun, showsProgress: boolean): string {
  const { state, runner, attempt, run, progress } = watched;
  if (state === "queued") return `queued  ${plainText(waitingText(watched))}`;
  const who = runner === null ? "" : ` ${state === "leased" ? "to" : "on"} ${plainText(runner)}`;
  const which = run.max_attempts > 1 ? `  attempt ${attempt} of ${run.max_attempts}` : "";
  const far =
    progress === null || !showsProgress
      ? ""
      : `  ${Math.floor(progress.percent / 10) * 10} %${progress.stage === null ? "" : ` ${progress.stage}`}`;
  return `${state}${who}${which}${far}`;
}

function newFailure(before: WatchedRun | null, now: WatchedRun): string | null {
  if (now.failed === null || before === null || isFinal(now.state)) return null;
  const { failure } = now.failed;
  if (before.failed?.failure.attempt === failure.attempt) return null;
  return `attempt ${failure.attempt} failed (${failure.class}, ${failure.code}): ${plainText(failure.message)}`;
}
