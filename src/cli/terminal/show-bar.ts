import cliProgress from "cli-progress";
import { limits } from "../../contract/limits.ts";
import type { Terminal } from "./open-terminal.ts";

/** How far something is, on a terminal. */
export interface Bar {
  update(done: number): void;
  stop(): void;
}

/** A bar for bytes on their way; none where nobody would see it, or where it would be gone at once. A total of 0: not known. */
export function showBar(terminal: Terminal, what: string, totalBytes: number): Bar {
  if (!terminal.showsProgress || (totalBytes > 0 && totalBytes <= limits.uploadPartBytes)) return noBar;
  const bar = new cliProgress.SingleBar({
    format: totalBytes === 0 ? `${what}  {mib} MiB` : `${what}  {bar} {percentage} %  {eta_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
    barCompleteChar: "━",
    barIncompleteChar: " ",
  });
  bar.start(totalBytes, 0, { mib: "0" });
  return {
    update: (done) => bar.update(done, { mib: (done / 1024 / 1024).toFixed(1) }),
    stop: () => bar.stop(),
  };
}

const noBar: Bar = { update: () => undefined, stop: () => undefined };
