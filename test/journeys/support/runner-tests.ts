import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../../scripts/local/repository-root.ts";
import { pathWithBubblewrap } from "./bubblewrap.ts";
import { runnerPython } from "./runner-venv.ts";

const timeoutMs = 600_000;

/** Runs the runner's own tests that `marked` chooses (pytest -m). */
export function runnerTests(title: string, marked: string): void {
  test(
    title,
    async () => {
      const python = await runnerPython();
      const child = spawn(python, ["-m", "pytest", "runner/tests", "-q", "-m", marked], {
        cwd: repositoryRoot,
        stdio: ["ignore", "pipe", "pipe"],
        timeout: timeoutMs,
        env: { ...process.env, PATH: await pathWithBubblewrap() },
      });
      const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
      const [said, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      const summary = said.trim().split("\n").at(-1) ?? "";
      console.log(`pytest: ${summary}`);
      expect(code, `${said}${errors}`).toBe(0);
      expect(Number(/(\d+) passed/.exec(summary)?.[1] ?? 0)).toBeGreaterThan(0);
    },
    // The environment may have to be made first.
    timeoutMs + 180_000,
  );
}
