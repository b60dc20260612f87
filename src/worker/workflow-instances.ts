import type { InstanceEvent, WorkflowInstances } from "../bindings/workflow/workflow-instances.ts";
import { wokenAt } from "./isolate.ts";
import { settingsOf } from "./settings.ts";

/** An instance keeps every event that nobody takes, so it is woken now and then only. */
const wakeGapMs = 10 * 60_000;

/** Instances by Cloudflare Workflows. */
export function workflowInstancesOf(env: Env): WorkflowInstances {
  const { WORKFLOW_RUN: workflow } = env;
  const start = async (runId: string) => {
    try {
      await workflow.create({ id: runId, params: { run_id: runId } });
    } catch (error) {
      if (!saysExists(error)) throw error;
    }
  };
  return {
    start,
    tell: async (runId, { type, payload }: InstanceEvent) => {
      const instance = await found(() => workflow.get(runId));
      if (instance === null) return false;
      try {
        await instance.sendEvent({ type, payload });
        return true;
      } catch (error) {
        if (isOver(await instance.status())) return false;
        throw error;
      }
    },
    resume: async (runId) => {
      const instance = await found(() => workflow.get(runId));
      if (instance === null) {
        await start(runId);
        return true;
      }
      if (isOver(await instance.status())) {
        await instance.restart();
        return true;
      }
      // Cloudflare itself goes on with what it interrupted.
      if (isOnOneMachine(settingsOf(env).ENVIRONMENT)) await wake(runId, instance);
      return false;
    },
    stop: async (runId) => {
      const instance = await found(() => workflow.get(runId));
      if (instance === null || isOver(await instance.status())) return;
      try {
        await instance.terminate();
      } catch (error) {
        if (!isOver(await instance.status())) throw error;
      }
    },
  };
}

function isOnOneMachine(environment: string): boolean {
  return environment === "local" || environment === "test";
}

async function wake(runId: string, instance: WorkflowInstance): Promise<void> {
  const now = Date.now();
  if (now - (wokenAt.get(runId) ?? 0) < wakeGapMs) return;
  wokenAt.set(runId, now);
  await instance.sendEvent({ type: "wake", payload: null });
}

function isOver({ status }: InstanceStatus): boolean {
  return status === "complete" || status === "errored" || status === "terminated";
}

async function found(get: () => Promise<WorkflowInstance>): Promise<WorkflowInstance | null> {
  try {
    return await get();
  } catch (error) {
    if (String(error).includes("not_found")) return null;
    throw error;
  }
}

function saysExists(error: unknown): boolean {
  return /already.exists|duplicate/i.test(String(error));
}
