import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { runnerEnvironment } from "../../scripts/local/runner-environment.ts";
import type { Plan } from "../plan.ts";
import type { Table } from "../report/table.ts";

const rows = z.array(
  z.object({
    runtime: z.string(),
    sandbox: z.boolean(),
    direct_ms: z.number(),
    cold_ms: z.number(),
    warm_ms: z.number(),
  }),
);

/** What a function costs as a job of the runner, beside the same function called in Python (runner/tests/function_bench.py). */
export async function functionJobs(plan: Plan): Promise<Table> {
  const python = await runnerEnvironment({ extras: ["images", "test"] });
  const script = join(repositoryRoot, "runner", "tests", "function_bench.py");
  const { stdout } = await promisify(execFile)(python, [script, String(plan.functionJobs), "--json"], {
    maxBuffer: 16 * 1024 * 1024,
  });
  // The runner's own log lines come before it.
  const measured = rows.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? "[]"));
  return {
    title: "A function as a job of the runner",
    rows: measured.map(({ runtime, sandbox, direct_ms: direct, cold_ms: cold, warm_ms: warm }) => ({
      runtime,
      process: sandbox ? "sandboxed" : "plain",
      "called directly ms": direct,
      "job, cold ms": cold,
      "job, warm ms": warm,
      "overhead, warm ms": warm - direct,
    })),
    notes: [
      "medians; image functions get a stack of 2 planes of 512 × 512 pixels; cold: the source is not in the runner's cache",
      "every job is a process of its own, warm or not, so that nothing of one run is left for the next: its start and its imports are the overhead",
    ],
  };
}
