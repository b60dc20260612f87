import { limits } from "../../contract/limits.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import type { OciTokenAnswer } from "../../contract/oci/token.ts";
import { parseScopes } from "../../domain/oci/access-scope.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { Needs } from "../needs.ts";
import { readBody } from "../requests/read-body.ts";
import { answerOciFailure } from "./answer-failure.ts";
import { loginChallenge } from "./challenge.ts";

/**
 * `GET /v2/token` (Docker's token flow: who asks is told by Basic) and `POST /v2/token` (OAuth 2.0: told in the form, RFC 6749 section
 * 4.3.2). Answers a token for that part of the scopes which may be granted, be it none.
 */
export async function answerToken(request: Request, needs: Needs): Promise<Response> {
  const granted = await (request.method === "POST" ? grantByForm(request, needs) : grantByQuery(request, needs));
  if (granted.ok) return Response.json(granted.value, { headers: { "Cache-Control": "no-store" } });
  const { code } = granted.failure;
  return answerOciFailure(granted.failure, code === "UNAUTHORIZED" ? { "WWW-Authenticate": loginChallenge } : {});
}

async function grantByQuery(request: Request, needs: Needs): Promise<Result<OciTokenAnswer, OciFailure>> {
  const scopes = parseScopes(new URL(request.url).searchParams.getAll("scope"));
  return scopes.ok ? needs.grantOciToken(request, scopes.value, null) : scopes;
}

async function grantByForm(request: Request, needs: Needs): Promise<Result<OciTokenAnswer, OciFailure>> {
  const body = await readBody(request, limits.ociTokenRequestBytes);
  if (!body.ok) {
    const status = body.failure.code === "BODY_TOO_LARGE" ? 413 : 415;
    return refusal({ code: "UNSUPPORTED", status, message: body.failure.message });
  }
  // A form is ASCII; what is not UTF-8 in it becomes U+FFFD, which no token has.
  const form = new URLSearchParams(new TextDecoder().decode(body.value));
  const scopes = parseScopes(form.getAll("scope"));
  if (!scopes.ok) return scopes;
  const login = loginIn(form);
  return login.ok ? needs.grantOciToken(request, scopes.value, login.value) : login;
}

/** The secret in a form: a password, or what clients call an identity token. */
function loginIn(form: URLSearchParams): Result<string, OciFailure> {
  const type = form.get("grant_type");
  if (type !== "password" && type !== "refresh_token") {
    const message = "the form must say grant_type=password, with username and password, or grant_type=refresh_token";
    return refusal({ code: "UNSUPPORTED", status: 400, message });
  }
  return success(form.get(type) ?? "");
}
