import type { WatchedRun } from "../runs/watched-run.ts";
import { shortId } from "../short-id.ts";
import type { Colors } from "./open-terminal.ts";
import { paintRunState } from "./paint-run-state.ts";
import { plainText, shorten } from "./plain-text.ts";
import { showLeft, showSeconds } from "./show-time.ts";
import { waitingText } from "./waiting-text.ts";
import { wrapText } from "./wrap-text.ts";

export interface WatchLook {
  colors: Colors;
  /** Columns that a line may have. */
  width: number;
  /** Since the run was asked for. */
  elapsedSeconds: number;
  /** The registry does not answer just now. */
  isAway: boolean;
}

const barWidth = 32;

/** A run under way, in two or three lines that are drawn again and again. */
export function renderWatch(watched: WatchedRun, look: WatchLook): string[] {
  const { colors, width } = look;
  const lines = [headLine(watched, look)];
  const { progress, state, failed } = watched;
  if (state === "queued") {
    lines.push(...wrap(plainText(waitingText(watched)), width - 2).map((line) => `  ${line}`));
  } else if (progress === null) {
    lines.push(colors.dim("  nothing is known of its progress yet"));
  } else {
    lines.push(progressLine(progress.percent, progress.stage, progress.eta_seconds, colors));
    if (progress.message !== null) lines.push(`  ${colors.dim(shorten(plainText(progress.message), width - 2))}`);
  }
  if (state !== "queued" && failed !== null && failed.failure.attempt < watched.attempt) {
    const text = `attempt ${failed.failure.attempt} failed: ${failed.failure.code}: ${failed.failure.message}`;
    lines.push(`  ${colors.dim(shorten(plainText(text), width - 2))}`);
  }
  if (look.isAway) lines.push(`  ${colors.yellow("the registry does not answer; trying again")}`);
  return lines;
}

const mostWaitingLines = 4;

/** What would be more lines than a block should have is cut. */
function wrap(text: string, width: number): string[] {
  const lines = wrapText(text, width);
  return lines.length <= mostWaitingLines ? lines : [...lines.slice(0, mostWaitingLines - 1), "…"];
}

function headLine(watched: WatchedRun, { colors, width, elapsedSeconds }: WatchLook): string {
  const { run, state, attempt, runner } = watched;
  const parts = [
    colors.bold(`${run.name} ${run.version}`),
    colors.dim(shortId(run.id)),
    ...(run.max_attempts > 1 && attempt > 0 ? [`attempt ${attempt} of ${run.max_attempts}`] : []),
    ...(runner === null ? [] : [shorten(plainText(runner), Math.max(10, Math.floor(width / 3)))]),
    colors.dim(showSeconds(elapsedSeconds)),
  ];
  return `${paintRunState(state, colors)}  ${parts.join("  ")}`;
}

function progressLine(percent: number, stage: string | null, etaSeconds: number | null, colors: Colors): string {
  const filled = Math.round((Math.min(100, percent) / 100) * barWidth);
  const bar = colors.cyan("━".repeat(filled)) + colors.dim("─".repeat(barWidth - filled));
  const parts = [
    bar,
    `${Math.floor(percent)} %`.padStart(5),
    ...(stage === null ? [] : [plainText(stage)]),
    ...(etaSeconds === null ? [] : [colors.dim(showLeft(etaSeconds))]),
  ];
  return `  ${parts.join("  ")}`;
}
