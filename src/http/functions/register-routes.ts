import type { Hono } from "hono";
import type { Failure } from "../../contract/failure.ts";
import type { SourceRegistration } from "../../contract/function/registration.ts";
import { registerSources as batchRoute, registerSource as registerRoute } from "../../contract/http/functions.ts";
import { type Result, success } from "../../domain/result.ts";
import { registerSource } from "../../operations/function/register-source.ts";
import { registerSources } from "../../operations/function/register-sources.ts";
import { answerJson } from "../answers/answer-json.ts";
import { seqHeader } from "../answers/seq-header.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { readMembers, readSource } from "./read-source.ts";

/** `POST /v1/functions` and `POST /v1/functions:batch`. */
export function bindSourceRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, registerRoute, async ({ query, request, needs, caller }) => {
    const { file = null, version = null } = query;
    const source = await readSource(request, { file, version });
    if (!source.ok) return source;
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const registered = await registerSource(needs, source.value, how);
    return registered.ok ? answerRegistration(registered.value, needs) : registered;
  });

  bindRoute(app, batchRoute, async ({ query, body, needs, caller }) => {
    const how = { by: caller.name, isDryRun: query.dry_run ?? false };
    const batch = await registerSources(needs, readMembers(body), how);
    for (const { functions } of batch.results) noteAll(needs, functions);
    return success(answerJson(batch, needs.requestId, 200, seqHeader(batch.seq)));
  });
}

function answerRegistration(registration: SourceRegistration, needs: Needs): Result<Response, Failure> {
  const { functions, dry_run: isDryRun } = registration;
  noteAll(needs, functions);
  const created = functions.filter((one) => one.status === "created");
  const isNew = created.length > 0 && !isDryRun;
  const [only] = created.length === 1 ? created : [];
  // Unchanged, the answer is true up to the last change of the names.
  const seqs = functions.flatMap(({ seq }) => (seq === null ? [] : [seq]));
  return success(
    answerJson(registration, needs.requestId, isNew ? 201 : 200, {
      ...seqHeader(seqs.length === 0 ? null : Math.max(...seqs)),
      // One answer names one place; of several functions, the body names each.
      ...(isNew && only !== undefined ? { Location: `/v1/functions/${only.name}@${only.version}` } : {}),
    }),
  );
}

/** The caller's next read, of each name, must see what this wrote. */
function noteAll(needs: Needs, functions: SourceRegistration["functions"]): void {
  for (const { kind, name, seq } of functions) if (seq !== null) needs.noteChange(kind, name, seq);
}
