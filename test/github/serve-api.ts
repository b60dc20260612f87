import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { type ApiAnswer, notFound, refuse } from "./api-answer.ts";
import { getBranch, getCommit, getRepository, listCommits } from "./api-commits.ts";
import { compareCommits } from "./api-compare.ts";
import { getContents } from "./api-contents.ts";
import { getBlob, getTree } from "./api-git-objects.ts";
import type { ApiRequest } from "./api-request.ts";
import { answerFaulty } from "./faults.ts";
import type { Host, TokenRights } from "./host.ts";
import { combinedStatus, createStatus, listStatuses } from "./statuses.ts";

type Serve = (request: ApiRequest) => Promise<ApiAnswer>;

/** What is below `/repos/{owner}/{repo}`; the group is `rest`. */
const routes: readonly [method: string, path: RegExp, serve: Serve][] = [
  ["GET", /^()$/, getRepository],
  ["GET", /^\/branches\/(.+)$/, getBranch],
  ["GET", /^\/commits()$/, listCommits],
  ["GET", /^\/commits\/(.+)\/status$/, combinedStatus],
  ["GET", /^\/commits\/(.+)\/statuses$/, listStatuses],
  ["GET", /^\/commits\/(.+)$/, getCommit],
  ["GET", /^\/compare\/(.+)$/, compareCommits],
  ["GET", /^\/contents(?:\/(.*))?$/, getContents],
  ["GET", /^\/git\/trees\/(.+)$/, getTree],
  ["GET", /^\/git\/blobs\/(.+)$/, getBlob],
  ["POST", /^\/statuses\/(.+)$/, createStatus],
];

const requestsAnHour = 5000;

/** Answers one request to the API, and notes it. */
export async function serveApi(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", host.apiUrl);
  const token = /^(?:Bearer|token) (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const rights = token === undefined ? null : (host.tokens.get(token) ?? null);
  const asked = { method: request.method ?? "GET", path: url.pathname + url.search, login: rights?.login ?? null };
  const note = { ...asked, status: 0, at: performance.now() };
  host.asked.push(note);
  const body = await text(request);
  if (host.fault !== null) {
    note.status = answerFaulty(response, host.fault);
    return;
  }
  const found = await answerTo(host, request, url, { isWrong: token !== undefined && rights === null, rights, body });
  note.status = found.status;
  send(response, found, host.asked.length);
}

async function answerTo(
  host: Host,
  request: IncomingMessage,
  url: URL,
  asker: { isWrong: boolean; rights: TokenRights | null; body: string },
): Promise<ApiAnswer> {
  if ((request.headers["user-agent"] ?? "") === "") {
    const message = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header";
    return { status: 403, body: Buffer.from(`${message} (https://docs.github.com/en/rest).\n`) };
  }
  if (asker.isWrong) return refuse(401, "Bad credentials");
  const [, fullName = "", below = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const repository = host.repositories.get(decodeURIComponent(fullName).toLowerCase());
  const { rights, body } = asker;
  const isIn = repository !== undefined && rights?.repositories.includes(repository.fullName) === true;
  if (repository === undefined || (repository.isPrivate && !isIn)) return notFound();
  for (const [method, path, serve] of routes) {
    const match = path.exec(below);
    if (match === null || method !== request.method) continue;
    const rest = decodeURIComponent(match[1] ?? "");
    const accept = request.headers.accept ?? "";
    return serve({ host, repository, rights: isIn ? rights : null, query: url.searchParams, accept, body, rest });
  }
  return notFound();
}

function send(response: ServerResponse, { status, body, headers = {} }: ApiAnswer, used: number): void {
  response.writeHead(status, {
    "content-type": Buffer.isBuffer(body) ? "text/html" : "application/json; charset=utf-8",
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": `0000:${used.toString(16).padStart(4, "0")}`,
    "x-ratelimit-limit": String(requestsAnHour),
    "x-ratelimit-remaining": String(Math.max(0, requestsAnHour - used)),
    "x-ratelimit-used": String(used),
    "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600),
    "x-ratelimit-resource": "core",
    ...headers,
  });
  response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
}
