import { headers } from "../../contract/http/headers.ts";
import { type OciFailure, ociStatus } from "../../contract/oci/failure.ts";
import { repositoryName } from "../../contract/oci/name.ts";
import { typedRepositoryOf } from "../../domain/oci/repository-kind.ts";
import { success } from "../../domain/result.ts";
import { logError, looksLikeOutage } from "../answers/answer-error.ts";
import { answerInTime } from "../answers/answer-in-time.ts";
import { rateHeaders, tooManyRequests } from "../answers/rate-headers.ts";
import { addHeaders, isHttps, secureHeaders } from "../answers/secure-headers.ts";
import type { CountedRequest, Needs, OciAction } from "../needs.ts";
import { answerEnvelope, answerOciFailure } from "./answer-failure.ts";
import type { OciAsked } from "./asked.ts";
import { answerBlob } from "./blob-routes.ts";
import { answerCatalog } from "./catalog-routes.ts";
import { challengeOf } from "./challenge.ts";
import { answerManifest } from "./manifest-routes.ts";
import { notePush } from "./note-push.ts";
import { type OciPath, parseOciPath } from "./oci-path.ts";
import { ociSeconds } from "./oci-seconds.ts";
import { answerReferrers } from "./referrer-routes.ts";
import { answerTags } from "./tag-routes.ts";
import { answerToken } from "./token-route.ts";
import { answerUpload, answerUploads } from "./upload-routes.ts";

/** Answers a request to `/v2`: OCI Distribution 1.1. */
export async function answerOci(request: Request, needs: Needs): Promise<Response> {
  const told: Record<string, string> = {};
  const response = await answerSafely(request, needs, told);
  response.headers.set("Docker-Distribution-Api-Version", "registry/2.0");
  response.headers.set(headers.requestId, needs.requestId);
  const isPublic = needs.pages.publicReads && (request.method === "GET" || request.method === "HEAD");
  return addHeaders(response, { ...secureHeaders({ isPublic, isHttps: isHttps(request) }), ...told });
}

/** `told` takes the headers that go with the answer, whatever it is. */
async function answerSafely(request: Request, needs: Needs, told: Record<string, string>): Promise<Response> {
  try {
    const path = parseOciPath(new URL(request.url));
    const answered = await answerInTime<Response, Response>(
      path === null ? null : ociSeconds[path.type],
      answerPath(path, request, needs, told).then((response) => success(notePush(needs, request, path, response))),
      (work) => needs.later(work.catch((error) => logError(error, request, needs.requestId))),
      // None of the codes of OCI says that it took too long.
      () => answerEnvelope({ errors: [] }, 503, { "Retry-After": "5" }),
    );
    return answered.ok ? answered.value : answered.failure;
  } catch (error) {
    needs.notes.error = error;
    // None of the codes of OCI says that the registry failed.
    return looksLikeOutage(error)
      ? answerEnvelope({ errors: [] }, 503, { "Retry-After": "2" })
      : answerEnvelope({ errors: [] }, 500, {});
  }
}

/** Which methods a path takes. */
const methods = {
  base: ["GET", "HEAD"],
  token: ["GET", "POST"],
  catalog: ["GET", "HEAD"],
  manifest: ["GET", "HEAD", "PUT", "DELETE"],
  blob: ["GET", "HEAD", "DELETE"],
  uploads: ["POST"],
  upload: ["GET", "PATCH", "PUT", "DELETE"],
  tags: ["GET", "HEAD"],
  referrers: ["GET", "HEAD"],
} as const satisfies Record<OciPath["type"], readonly string[]>;

async function answerPath(
  path: OciPath | null,
  request: Request,
  needs: Needs,
  told: Record<string, string>,
): Promise<Response> {
  const url = new URL(request.url);
  if (path === null) {
    const message = `${url.pathname.slice(0, 200)} is no path of the OCI registry; docs/oci.md lists them`;
    return answerOciFailure({ code: "UNSUPPORTED", status: 404, message });
  }
  const allowed: readonly string[] = methods[path.type];
  if (!allowed.includes(request.method)) {
    const message = `this path does not take ${request.method}; it takes ${allowed.join(", ")}`;
    return answerOciFailure({ code: "UNSUPPORTED", message }, { Allow: allowed.join(", ") });
  }
  if (path.type === "token") {
    const counted = await needs.countRequest(null);
    Object.assign(told, rateHeaders(counted));
    return counted?.isOver ? refuseRate(counted) : answerToken(request, needs);
  }
  const repository = "repository" in path ? path.repository : null;
  const misnamed = repository === null ? null : misnamedRepository(repository, request.method, path.type);
  if (misnamed !== null) return answerOciFailure(misnamed);
  const asked = { repository, action: actionOf(path.type, request.method) };
  const caller = await needs.authoriseOci(request, asked);
  const counted = await needs.countRequest(caller.ok ? caller.value : needs.asker.caller);
  Object.assign(told, rateHeaders(counted));
  if (counted?.isOver) return refuseRate(counted);
  if (!caller.ok) return refuseCaller(url, asked, caller.failure);
  if (path.type === "base") return answerBase();
  if (path.type === "catalog") return answerCatalog(url, needs, caller.value.names);
  return answerRepository({ request, url, repository: path.repository, needs, caller: caller.value }, path);
}

function answerRepository(asked: OciAsked, path: Extract<OciPath, { repository: string }>): Promise<Response> {
  switch (path.type) {
    case "manifest":
      return answerManifest(asked, path.reference);
    case "blob":
      return answerBlob(asked, path.digest);
    case "uploads":
      return answerUploads(asked);
    case "upload":
      return answerUpload(asked, path.id);
    case "tags":
      return answerTags(asked);
    case "referrers":
      return answerReferrers(asked, path.digest);
  }
}

/** That there is such a registry, and that the caller's credentials are good. */
function answerBase(): Response {
  return new Response("{}", { headers: { "Content-Type": "application/json", "Cache-Control": "no-store" } });
}

function actionOf(type: OciPath["type"], method: string): OciAction {
  if (type === "base") return "ping";
  if (type === "catalog") return "catalog";
  if (type === "uploads" || type === "upload") return "push";
  if (method === "DELETE") return "delete";
  return method === "PUT" ? "push" : "pull";
}

/** What no repository can be called: reads find nothing there, writes are told why. */
function misnamedRepository(repository: string, method: string, type: OciPath["type"]): OciFailure | null {
  const isRead = method === "GET" || method === "HEAD";
  const told = repository.slice(0, 200);
  const legal = repositoryName.safeParse(repository);
  if (!legal.success) {
    const why = legal.error.issues[0]?.message ?? "it is no repository's name";
    return { code: "NAME_INVALID", message: `${told}: ${why}`, ...(isRead ? { status: 404 } : {}) };
  }
  if (typedRepositoryOf(repository) !== "misplaced" || type === "referrers") return null;
  const [collection = ""] = repository.split("/");
  const right = `repositories below ${collection}/ hold one artifact each and are called ${collection}/{name}, like ${collection}/my_first`;
  return { code: isRead ? "NAME_UNKNOWN" : "NAME_INVALID", message: `there can be no repository ${told}: ${right}` };
}

function refuseRate(counted: CountedRequest): Response {
  return answerOciFailure({ ...tooManyRequests(counted), code: "TOOMANYREQUESTS" });
}

function refuseCaller(
  url: URL,
  asked: { repository: string | null; action: OciAction },
  failure: OciFailure,
): Response {
  const status = failure.status ?? ociStatus[failure.code];
  return answerOciFailure(failure, status === 401 ? { "WWW-Authenticate": challengeOf(url, asked, failure) } : {});
}
