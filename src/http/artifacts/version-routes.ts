import type { Hono } from "hono";
import type { StateRequest } from "../../bindings/durable/registrar.ts";
import type { ChangeAnswer } from "../../contract/artifact/resolved.ts";
import type { Failure } from "../../contract/failure.ts";
import type { ArtifactRoutes } from "../../contract/http/artifact-routes.ts";
import type { Caller } from "../../domain/access/caller.ts";
import { parseSelector, splitReference } from "../../domain/artifact/parse-reference.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { answerJson } from "../answers/answer-json.ts";
import { seqHeader } from "../answers/seq-header.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";

/** The life of a version: deprecate, yank, restore, delete. */
export function bindVersionRoutes(app: Hono<AppEnv>, { of: { kind }, versions }: ArtifactRoutes): void {
  bindRoute(app, versions.deprecate, async ({ params, body, needs, caller }) => {
    const successor = checkSuccessor(body.successor ?? null);
    if (!successor.ok) return successor;
    const notice = { message: body.message ?? null, successor: successor.value, sunset: body.sunset ?? null };
    return setState(needs, caller, { kind, ...params, state: "deprecated", ...notice });
  });
  bindRoute(app, versions.yank, async ({ params, body, needs, caller }) =>
    setState(needs, caller, { kind, ...params, state: "yanked", ...plainNotice(body.message) }),
  );
  bindRoute(app, versions.restore, async ({ params, body, needs, caller }) =>
    setState(needs, caller, { kind, ...params, state: "live", ...plainNotice(body.message) }),
  );
  bindRoute(app, versions.remove, async ({ params, query, needs, caller }) =>
    setState(needs, caller, { kind, ...params, state: "deleted", ...plainNotice(query.message) }),
  );
}

async function setState(needs: Needs, caller: Caller, request: StateRequest): Promise<Result<Response, Failure>> {
  const changed = await needs.registrars(request.kind, request.name).setState(request, caller.name);
  return changed.ok ? success(answerChange(changed.value, needs)) : changed;
}

export function answerChange(change: ChangeAnswer, needs: Needs): Response {
  needs.noteChange(change.kind, change.name, change.seq);
  return answerJson(change, needs.requestId, 200, seqHeader(change.seq));
}

function plainNotice(message: string | undefined): Pick<StateRequest, "message" | "successor" | "sunset"> {
  return { message: message ?? null, successor: null, sunset: null };
}

/** It goes into a Link header, so it must be a reference. */
function checkSuccessor(successor: string | null): Result<string | null, Failure> {
  if (successor === null) return success(null);
  const { name, selector } = splitReference(successor);
  const isName = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/.test(name);
  if (isName && (selector === null || parseSelector(selector).ok)) return success(successor);
  return refusal({
    code: "INVALID_REQUEST",
    message: `successor "${successor.slice(0, 60)}" is not understood; write a name, or name@version`,
  });
}
