import type { Hono } from "hono";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { DocumentRoutes } from "../../contract/http/document-routes.ts";
import { success } from "../../domain/result.ts";
import type { DocumentKind } from "../../operations/artifact/document-kind.ts";
import { registerDocument } from "../../operations/artifact/register-document.ts";
import { registerDocuments } from "../../operations/artifact/register-documents.ts";
import { answerBatch, answerRegistration } from "../answers/answer-registration.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { readDocumentBatch, readDocumentSource } from "../requests/document-source.ts";

/** `POST /v1/{workflows,agents}` and `POST /v1/{workflows,agents}:batch`. */
export function bindDocumentRoutes(
  app: Hono<AppEnv>,
  kind: ArtifactKind,
  { register, batch }: DocumentRoutes,
  kindOf: (needs: Needs) => DocumentKind,
): void {
  bindRoute(app, register, async ({ query, request, needs, caller }) => {
    const source = await readDocumentSource(request, query.file ?? null);
    if (!source.ok) return source;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const registered = await registerDocument(needs, kindOf(needs), source.value, how);
    return registered.ok ? success(answerRegistration(registered.value, needs)) : registered;
  });

  bindRoute(app, batch, async ({ query, request, needs, caller }) => {
    const sources = await readDocumentBatch(request, query.file);
    if (!sources.ok) return sources;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const answer = await registerDocuments(needs, kindOf(needs), sources.value, how);
    return success(answerBatch(kind, answer, needs));
  });
}
