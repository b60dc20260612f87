import { listRunSteps } from "../../contract/http/workflow-runs.ts";
import { limits } from "../../contract/limits.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import type { Registry } from "../open-registry.ts";

/** Every step of a run, page by page: for one that has more than its answer tells. */
export async function* loadSteps(registry: Registry, runId: string, signal: AbortSignal): AsyncGenerator<StepState[]> {
  let cursor: string | null = null;
  do {
    const query: { limit: string; cursor?: string } = { limit: String(limits.pageItems) };
    if (cursor !== null) query.cursor = cursor;
    const page: { items: StepState[]; next_cursor: string | null } = await registry.client.call(listRunSteps, {
      params: { run_id: runId },
      query,
      signal,
    });
    yield page.items;
    cursor = page.next_cursor;
  } while (cursor !== null);
}
