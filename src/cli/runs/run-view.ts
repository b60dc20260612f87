import type { LogEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { LiveBlock } from "../terminal/live-block.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { logText, plainText } from "../terminal/plain-text.ts";
import { renderWatch, waitingText } from "../terminal/render-watch.ts";
import type { WatchedRun } from "./watched-run.ts";

/** How a run under way is shown. All of it goes to stderr: stdout is for the result. */
export interface RunView {
  show(watched: WatchedRun): void;
  log(event: LogEvent): void;
  note(text: string): void;
  /** Says whether the registry answers. */
  away(isAway: boolean): void;
  /** Shows nothing while something is asked; `false` goes on. */
  hold(isHeld: boolean): void;
  close(): void;
}

/** A block that is drawn again and again. `startedAtMs`: when the run was asked for. */
export function liveView(terminal: Terminal, startedAtMs: number): RunView {
  const block = new LiveBlock(process.stderr);
  let shown: WatchedRun | null = null;
  let isAway = false;
  let isHeld = false;
  const draw = () => {
    if (shown === null || isHeld) return;
    const elapsedSeconds = (Date.now() - startedAtMs) / 1000;
    block.draw(renderWatch(shown, { colors: terminal.colors, width: block.width, elapsedSeconds, isAway }));
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

/** Lines, one for each thing that changes; with `showsProgress` each stage and each tenth of the way too. */
export function lineView(terminal: Terminal, showsProgress: boolean): RunView {
  let shown: WatchedRun | null = null;
  let told = "";
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
      shown = watched;
      // How it ended is the result, which stdout tells.
      if (!isFinal(watched.state)) sayOnce(stateLine(watched, showsProgress));
    },
    // Whoever asks for logs wants them, --quiet or not.
    log: ({ text }) => terminal.warn(logText(text)),
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
