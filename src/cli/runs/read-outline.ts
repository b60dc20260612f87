import type { Client } from "../../client/create-client.ts";
import { workflowRoutes } from "../../contract/http/workflows.ts";
import type { Run } from "../../contract/run/run.ts";
import { workflowDocument } from "../../contract/workflow/document.ts";
import { type OutlineStep, outlineWorkflow } from "../../domain/workflow-graph/outline-workflow.ts";

/** The steps of the workflow that a run is of. Null where its document cannot be had: the run counts, not its picture. */
export async function readOutline(
  client: Client,
  { name, version }: Pick<Run, "name" | "version">,
): Promise<OutlineStep[] | null> {
  const params = { reference: `${name}@${version}` };
  const found = await client.call(workflowRoutes.get, { params }).catch(() => null);
  const read = workflowDocument.safeParse(found?.document);
  return read.success ? outlineWorkflow(read.data) : null;
}
