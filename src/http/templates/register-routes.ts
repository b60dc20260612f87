import type { Hono } from "hono";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import { registerTemplates as batchRoute, registerTemplate as registerRoute } from "../../contract/http/templates.ts";
import { type Result, success } from "../../domain/result.ts";
import { registerTemplate } from "../../operations/template/register-template.ts";
import { registerTemplates } from "../../operations/template/register-templates.ts";
import { answerJson } from "../answers/answer-json.ts";
import { seqHeader } from "../answers/seq-header.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { readDocumentBatch, readDocumentSource } from "../requests/document-source.ts";

/** `POST /v1/templates` and `POST /v1/templates:batch`. */
export function bindRegisterRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, registerRoute, async ({ query, request, needs, caller }) => {
    const source = await readDocumentSource(request, query.file ?? null);
    if (!source.ok) return source;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const registered = await registerTemplate(needs, source.value, how);
    return registered.ok ? answerRegistration(registered.value, needs) : registered;
  });

  bindRoute(app, batchRoute, async ({ query, request, needs, caller }) => {
    const sources = await readDocumentBatch(request, query.file);
    if (!sources.ok) return sources;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const batch = await registerTemplates(needs, sources.value, how);
    for (const result of batch.results) {
      if (result.seq !== null && result.name !== null) needs.noteChange("template", result.name, result.seq);
    }
    return success(answerJson(batch, needs.requestId, 200, seqHeader(batch.seq)));
  });
}

function answerRegistration(registration: Registration, needs: Needs): Result<Response, Failure> {
  const { kind, name, version, seq } = registration;
  if (seq !== null) needs.noteChange(kind, name, seq);
  const isNew = registration.status === "created" && !registration.dry_run;
  return success(
    answerJson(registration, needs.requestId, isNew ? 201 : 200, {
      ...seqHeader(seq),
      ...(isNew ? { Location: `/v1/templates/${name}@${version}` } : {}),
    }),
  );
}
