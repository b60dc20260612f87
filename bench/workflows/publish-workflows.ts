import { source } from "./bench-function.ts";
import type { WorkflowStage } from "./open-workflow-stage.ts";
import { documentOf, type Shape } from "./shape.ts";

/** The function, and the workflows that call it. */
export async function publishWorkflows(stage: WorkflowStage, shapes: readonly Shape[]): Promise<void> {
  await publish(stage, "functions", "application/typescript", source);
  for (const shape of shapes) await publish(stage, "workflows", "application/json", JSON.stringify(documentOf(shape)));
}

async function publish({ registry, adminToken }: WorkflowStage, kind: string, mediaType: string, body: string) {
  const response = await fetch(`${registry}/v1/${kind}`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminToken}`, "content-type": mediaType },
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`what the bench publishes is refused: ${text}`);
}
