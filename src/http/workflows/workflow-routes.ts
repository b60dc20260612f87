import type { Hono } from "hono";
import { listWorkflowSkills, registerWorkflows, workflowRoutes } from "../../contract/http/workflows.ts";
import { success } from "../../domain/result.ts";
import { findDocument } from "../../operations/lookup/find-document.ts";
import { listCalledSkills } from "../../operations/workflow/list-called-skills.ts";
import { workflowKindOf } from "../../operations/workflow/workflow-kind.ts";
import { answerJson } from "../answers/answer-json.ts";
import { provenanceHeaders } from "../answers/answer-lookup.ts";
import { bindDocumentRoutes } from "../artifacts/document-routes.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readReference } from "../requests/artifact-reference.ts";
import { readMinSeq } from "../requests/min-seq.ts";

/** What workflows have beside the routes of every kind. */
export function bindWorkflowRoutes(app: Hono<AppEnv>): void {
  bindDocumentRoutes(app, "workflow", registerWorkflows, workflowKindOf);

  bindRoute(app, listWorkflowSkills, async ({ params, request, needs }) => {
    const reference = readReference(workflowRoutes.of, params.reference, undefined);
    if (!reference.ok) return reference;
    const minSeq = readMinSeq(request);
    if (!minSeq.ok) return minSeq;
    const asked = { kind: "workflow" as const, ...reference.value, minSeq: minSeq.value };
    const found = await findDocument(needs.lookUp, asked);
    if (!found.ok) return found;
    const answer = await listCalledSkills(needs, found.value.published);
    return success(answerJson(answer, needs.requestId, 200, provenanceHeaders(found.value)));
  });
}
