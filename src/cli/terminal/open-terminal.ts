import pc from "picocolors";
import type { GlobalFlags } from "../settings/global-flags.ts";

export type Colors = ReturnType<typeof pc.createColors>;

/** Where a command writes: results on stdout, everything else on stderr. */
export interface Terminal {
  readonly isJson: boolean;
  readonly colors: Colors;
  /** Columns of stdout; null where it is no terminal, so that nothing is cut in files and pipes. */
  readonly width: number | null;
  /** Whether a progress bar would be seen and is wanted. */
  readonly showsProgress: boolean;
  /** The command's result: `value` under `--json`, else what `text` says. */
  answer(value: unknown, text: () => string): void;
  /** One of many results of a command that goes on: a line of JSON under `--json`, else what `text` says. */
  event(value: unknown, text: () => string): void;
  /** A line of result; nothing under `--json`. */
  line(text: string): void;
  /** Something on the way; nothing under `--quiet`. */
  note(text: string): void;
  /** Something to know, quiet or not. */
  warn(text: string): void;
}

/** Opens the terminal as flags and environment ask. */
export function openTerminal(flags: GlobalFlags, env: Record<string, string | undefined>): Terminal {
  const { stdout, stderr } = process;
  return {
    isJson: flags.json,
    colors: pc.createColors(wantsColors(flags, env)),
    width: stdout.isTTY ? stdout.columns : null,
    showsProgress: stderr.isTTY && !flags.json && !flags.quiet,
    answer(value, text) {
      const shown = flags.json ? JSON.stringify(value, null, 2) : text();
      if (shown !== "") stdout.write(shown.endsWith("\n") ? shown : `${shown}\n`);
    },
    event(value, text) {
      stdout.write(`${flags.json ? JSON.stringify(value) : text()}\n`);
    },
    line(text) {
      if (!flags.json) stdout.write(`${text}\n`);
    },
    note(text) {
      if (!flags.quiet) stderr.write(`${text}\n`);
    },
    warn(text) {
      stderr.write(`${text}\n`);
    },
  };
}

/** no-color.org: any value that is not empty; colours only where stdout is a terminal. */
function wantsColors(flags: GlobalFlags, env: Record<string, string | undefined>): boolean {
  if (!flags.color || flags.json || (env.NO_COLOR ?? "") !== "") return false;
  if ((env.FORCE_COLOR ?? "0") !== "0") return true;
  return process.stdout.isTTY && env.TERM !== "dumb";
}
