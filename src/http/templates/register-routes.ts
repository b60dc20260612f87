import type { Hono } from "hono";
import { registerTemplates as batchRoute, registerTemplate as registerRoute } from "../../contract/http/templates.ts";
import { success } from "../../domain/result.ts";
import { registerTemplate } from "../../operations/template/register-template.ts";
import { registerTemplates } from "../../operations/template/register-templates.ts";
import { answerBatch, answerRegistration } from "../answers/answer-registration.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readDocumentBatch, readDocumentSource } from "../requests/document-source.ts";

/** `POST /v1/templates` and `POST /v1/templates:batch`. */
export function bindRegisterRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, registerRoute, async ({ query, request, needs, caller }) => {
    const source = await readDocumentSource(request, query.file ?? null);
    if (!source.ok) return source;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const registered = await registerTemplate(needs, source.value, how);
    return registered.ok ? success(answerRegistration(registered.value, needs)) : registered;
  });

  bindRoute(app, batchRoute, async ({ query, request, needs, caller }) => {
    const sources = await readDocumentBatch(request, query.file);
    if (!sources.ok) return sources;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const batch = await registerTemplates(needs, sources.value, how);
    return success(answerBatch("template", batch, needs));
  });
}
