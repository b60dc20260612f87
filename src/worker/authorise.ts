import type { Failure } from "../contract/failure.ts";
import type { Access, Route, SignedFor } from "../contract/http/route.ts";
import type { Signer } from "../domain/file/signer.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import type { Caller } from "../http/needs.ts";
import { isKnownToken } from "./known-token.ts";
import { settingsOf } from "./settings.ts";

const anyone: Result<Caller, Failure> = success({ name: "anonymous" });

/**
 * Looking things up is public unless PUBLIC_READS is false; everything else needs a token, or a signed address where the route takes one.
 * The one place that decides, but for `/v2/` (authorise-oci.ts).
 */
export async function authorise(
  env: Env,
  signer: Signer,
  request: Request,
  route: Route,
  params: Record<string, string>,
): Promise<Result<Caller, Failure>> {
  if (route.access === "read" && (route.isAlwaysOpen || settingsOf(env).PUBLIC_READS)) return anyone;
  const query = new URL(request.url).searchParams;
  const signature = query.get("signature");
  if (route.signedFor !== undefined && signature !== null) {
    const subject = subjectOf[route.signedFor](params, query);
    const given = { expires: query.get("expires") ?? "", signature };
    if (signer.isSigned(route.signedFor, subject, given, new Date())) return success({ name: `signed:${subject}` });
    return refusal({
      code: "FORBIDDEN",
      message: "the address is signed for something else, was changed, or has expired",
    });
  }
  return authoriseBearer(env, request.headers.get("authorization"), route);
}

/** What a signature is for: the part of the request that it covers. */
const subjectOf = {
  file: (params) => params.digest ?? "",
  run_files: (_, query) => query.get("run_id") ?? "",
  upload: (params) => params.upload_id ?? "",
} as const satisfies Record<SignedFor, (params: Record<string, string>, query: URLSearchParams) => string>;

const notPublic: Partial<Record<Access, string>> = {
  read: "this registry is not public: ",
  run: "runs, entities and files are not public: ",
};

async function authoriseBearer(env: Env, authorization: string | null, route: Route): Promise<Result<Caller, Failure>> {
  const tokens: { name: string; token: string | undefined }[] = [
    { name: "admin", token: env.CALLSHEET_ADMIN_TOKEN },
    ...(route.access === "runner" ? [{ name: "runner", token: env.CALLSHEET_RUNNER_TOKEN }] : []),
  ];
  const known = tokens.flatMap(({ name, token }) => (token === undefined || token === "" ? [] : [{ name, token }]));
  if (known.length === 0) {
    return refusal({
      code: "FORBIDDEN",
      message:
        "this registry has no admin token, so nobody can write; set it with `wrangler secret put CALLSHEET_ADMIN_TOKEN`",
    });
  }
  const given = /^bearer +(\S+) *$/i.exec(authorization ?? "")?.[1];
  if (given === undefined) {
    return refusal({
      code: "UNAUTHENTICATED",
      message: `${notPublic[route.access] ?? ""}this needs a token: send \`Authorization: Bearer …\` (the CLI finds a local one by itself)`,
    });
  }
  for (const { name, token } of known) if (await isKnownToken(given, token)) return success({ name });
  return refusal({ code: "UNAUTHENTICATED", message: "the token is not one that this registry knows" });
}
