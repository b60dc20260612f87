import type { ArtifactKind } from "../../contract/artifact/kind.ts";

/** What runs tell as their pool that no RunnerPool has: those of workflows, and calls of agents. */
export const workflowPool = "workflows";
export const agentPool = "agents";

/** Whether a RunnerPool has runs of this kind. */
export function isPooled(kind: ArtifactKind): boolean {
  return kind === "template" || kind === "function";
}
