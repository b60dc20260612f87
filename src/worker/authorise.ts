import { everyName } from "../contract/access/name-pattern.ts";
import type { Failure } from "../contract/failure.ts";
import type { Access, Route, SignedFor } from "../contract/http/route.ts";
import { anonymous, type Caller, ownCaller } from "../domain/access/caller.ts";
import { judgeEveryName, judgeName, judgeScope } from "../domain/access/judge-caller.ts";
import { areOfAllNames } from "../domain/access/matches-name.ts";
import { subjectsOf } from "../domain/access/subjects-of.ts";
import type { Signer } from "../domain/file/signer.ts";
import { type Result, refusal, success } from "../domain/result.ts";
import { findSubjectNames } from "../operations/access/find-subject-names.ts";
import type { AskerNeeds } from "./find-secret.ts";
import { identify } from "./identify.ts";
import { inTime } from "./in-time.ts";
import { settingsOf } from "./settings.ts";

export interface AuthoriseNeeds extends AskerNeeds {
  signer: Signer;
  /** Told who asks as soon as that is known, be they refused then or not. */
  note: (caller: Caller) => void;
}

/**
 * The one place that decides who may use a route, but for `/v2/` (authorise-oci.ts): by the scope that the route declares and by the names that
 * its path is about. What is public is so for everyone, and a token changes nothing about it.
 */
export async function authorise(
  needs: AuthoriseNeeds,
  request: Request,
  route: Route,
  params: Record<string, string>,
): Promise<Result<Caller, Failure>> {
  if (route.access === "open" && route.refusesWrongTokens !== true) {
    needs.note(anonymous);
    return success(anonymous);
  }
  if (route.access === "read" && settingsOf(needs.env).PUBLIC_READS) return success(await whoReads(needs, request));
  const signed = judgeSignature(needs.signer, request, route, params);
  if (signed !== null) {
    if (signed.ok) needs.note(signed.value);
    return signed;
  }
  const found = await identify(needs, request, new Date());
  const caller = found.ok ? found.value : null;
  needs.note(caller ?? anonymous);
  if (caller === null)
    return route.access === "open" && found.ok ? success(anonymous) : refuse(needs.env, route, found);
  if (route.access === "open") return success(caller);
  const refused = judgeScope(caller, route.access) ?? (await judgeNames(needs.env, caller, request, route, params));
  return refused === null ? success(caller) : refusal(refused);
}

/** Reading what is public waits for nobody's name: where it cannot be told, nobody asks. */
const publicReadMs = 1000;

/** Who reads what is public, for counting. Whatever they may do otherwise, this is for every name; and a wrong token is no hindrance. */
async function whoReads(needs: AuthoriseNeeds, request: Request): Promise<Caller> {
  const caller = await inTime(publicReadMs, identify(needs, request, new Date())).then(
    (found) => (found.ok && found.value !== null ? { ...found.value, names: [everyName] } : anonymous),
    // D1 does not answer: lookups go on without it.
    () => anonymous,
  );
  needs.note(caller);
  return caller;
}

/** Null: the route takes no signed addresses, or this is none. A token does not mend a signature that is wrong. */
function judgeSignature(
  signer: Signer,
  request: Request,
  route: Route,
  params: Record<string, string>,
): Result<Caller, Failure> | null {
  const query = new URL(request.url).searchParams;
  const signature = query.get("signature");
  if (route.signedFor === undefined || signature === null) return null;
  const subject = subjectOf[route.signedFor](params, query);
  const given = { expires: query.get("expires") ?? "", signature };
  if (signer.isSigned(route.signedFor, subject, given, new Date())) return success(ownCaller(`signed:${subject}`, []));
  const message = "the address is signed for something else, was changed, or has expired";
  return refusal({ code: "FORBIDDEN", message });
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

/** Nobody, or nobody known, asks for what needs a token. */
function refuse(env: Env, route: Route, found: Result<Caller | null, Failure>): Result<Caller, Failure> {
  if (!env.CALLSHEET_ADMIN_TOKEN && (found.ok || found.failure.code === "UNAUTHENTICATED")) {
    const message =
      "this registry has no admin token, and you sent no other that it knows; set it with `wrangler secret put CALLSHEET_ADMIN_TOKEN`";
    return refusal({ code: "FORBIDDEN", message });
  }
  if (!found.ok) return found;
  const message = `${notPublic[route.access] ?? ""}this needs a token: send \`Authorization: Bearer …\` (the CLI finds a local one by itself)`;
  return refusal({ code: "UNAUTHENTICATED", message });
}

/** Why a caller may not touch what the request is about; null: they may. Parts that are not legal are for the route to refuse. */
async function judgeNames(
  env: Env,
  caller: Caller,
  request: Request,
  route: Route,
  params: Record<string, string>,
): Promise<Failure | null> {
  if (areOfAllNames(caller.names)) return null;
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const subjects = subjectsOf(route, parsed(route.params, params), parsed(route.query, query));
  if (subjects.some(({ of }) => of === "every name")) return judgeEveryName(caller);
  for (const name of await findSubjectNames(env.DB, subjects)) {
    const refused = judgeName(caller, name);
    if (refused !== null) return refused;
  }
  return null;
}

function parsed(schema: Route["params"], given: Record<string, string>): Record<string, unknown> {
  const read = schema?.safeParse(given);
  return read?.success ? read.data : given;
}
