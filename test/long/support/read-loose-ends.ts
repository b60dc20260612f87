import { z } from "zod";
import { startRegistry } from "../../../scripts/local-registry.ts";

/** What D1 says is not as it must be when all runs have ended. Each is a list of `run` or `run path`. */
const questions = {
  open: "SELECT id AS at FROM run WHERE state NOT IN ('succeeded', 'failed', 'cancelled')",
  unsettled: "SELECT run_id AS at FROM workflow_run WHERE settled = 0",
  untold: "SELECT id AS at FROM run WHERE parent_run IS NOT NULL AND parent_told = 0",
  openSteps: "SELECT run_id || ' ' || path AS at FROM workflow_step WHERE state IN ('running', 'waiting')",
  doubleChildren:
    "SELECT parent_run || ' ' || parent_step AS at FROM run WHERE parent_run IS NOT NULL GROUP BY parent_run, parent_step HAVING COUNT(*) > 1",
  outputs:
    "SELECT run.id AS at FROM run LEFT JOIN entity ON entity.derived_from_run = run.id AND entity.role = 'output' WHERE run.state = 'succeeded' GROUP BY run.id HAVING COUNT(entity.ecs_id) <> 1",
} as const;

const rows = z.array(z.object({ at: z.string() }));

/** Reads D1 of a registry that is not running. All lists are empty when nothing is left over. */
export async function readLooseEnds(
  stateDir: string,
  scriptPath: string,
): Promise<Record<keyof typeof questions, string[]>> {
  const registry = await startRegistry({ stateDir, scriptPath });
  try {
    const db = await registry.miniflare.getD1Database("DB");
    const ask = async (question: keyof typeof questions) =>
      rows.parse((await db.prepare(questions[question]).all()).results).map(({ at }) => at);
    return {
      open: await ask("open"),
      unsettled: await ask("unsettled"),
      untold: await ask("untold"),
      openSteps: await ask("openSteps"),
      doubleChildren: await ask("doubleChildren"),
      outputs: await ask("outputs"),
    };
  } finally {
    await registry.stop();
  }
}
