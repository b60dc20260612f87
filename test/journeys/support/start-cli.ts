import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../../cli/temporary-folder.ts";

const bin = fileURLToPath(new URL("../../../bin/callsheet.mjs", import.meta.url));

/** A CLI that goes on. */
export interface StartedCli {
  /** Waits until it has printed this. */
  sees(part: string): Promise<void>;
  interrupt(): void;
  ended: Promise<number | null>;
}

/** Starts the CLI and lets it go on; it is killed when the test ends. */
export function startCli(args: readonly string[], env: Record<string, string>): StartedCli {
  const cwd = temporaryFolder();
  const child = spawn(process.execPath, [bin, ...args], { cwd, env: { PATH: process.env.PATH, ...env } });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (piece: string) => {
      text += piece;
    });
  }
  onTestFinished(() => void child.kill("SIGKILL"));
  return {
    sees: (part) => vi.waitFor(() => expect(text).toContain(part), { timeout: 60_000 }),
    interrupt: () => void child.kill("SIGINT"),
    ended: new Promise((resolve) => child.once("close", resolve)),
  };
}
