import type { RunnerOfRun } from "../../contract/run/run.ts";

/** What runs of workflows say of who does them. */
export const workflowRunner: RunnerOfRun = { id: "workflows", name: "workflows", device: null };
