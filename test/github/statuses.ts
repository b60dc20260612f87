import { accountId, accountObject, nodeId } from "./account-object.ts";
import { type ApiAnswer, answer, invalid, refuse } from "./api-answer.ts";
import { type ApiRequest, pageOf, repositoryUrl } from "./api-request.ts";
import { repositoryObject } from "./repository-object.ts";

const states = ["error", "failure", "pending", "success"] as const;

/** A commit's status, as somebody posted it. */
export interface CommitStatus {
  id: number;
  state: (typeof states)[number];
  description: string | null;
  targetUrl: string | null;
  context: string;
  createdAt: string;
  /** By the clock that never goes back. */
  at: number;
  creator: string;
}

/** So many a commit takes of one context. */
const mostOfContext = 1000;
const longestDescription = 140;

/** `POST /repos/{owner}/{repo}/statuses/{sha}` */
export async function createStatus(request: ApiRequest): Promise<ApiAnswer> {
  const { host, repository, rights, rest, body } = request;
  if (rights?.statuses !== "write") return refuse(403, "Resource not accessible by personal access token");
  const given = readObject(body);
  if (given === null) return refuse(400, "Problems parsing JSON");
  const sha = /^[0-9a-f]{40}$/.test(rest) ? await repository.commitId(rest) : null;
  if (sha === null) return refuse(422, `No commit found for SHA: ${rest}`);
  const state = states.find((one) => one === given.state);
  if (state === undefined) return invalid("Status", "state", "state is not included in the list");
  const context = textOf(given.context) ?? "default";
  const description = textOf(given.description);
  const targetUrl = textOf(given.target_url);
  if ((description ?? "").length > longestDescription)
    return invalid("Status", "description", `description is too long (maximum is ${longestDescription} characters)`);
  if (targetUrl !== null && !/^https?:\/\//.test(targetUrl))
    return invalid("Status", "target_url", "target_url must use http(s) scheme");
  const posted = statusesOf(request, sha);
  if (posted.filter((one) => one.context === context).length >= mostOfContext)
    return invalid("Status", "base", "This SHA and context has reached the maximum number of statuses.");
  const creator = rights.login;
  const facts = { id: host.nextId(), state, description, targetUrl, context, creator };
  const status = { ...facts, createdAt: new Date().toISOString(), at: performance.now() };
  host.statuses.set(keyOf(repository.fullName, sha), [...posted, status]);
  return answer(statusObject(request, sha, status), 201);
}

/** `GET /repos/{owner}/{repo}/commits/{ref}/statuses`: all, newest first. */
export async function listStatuses(request: ApiRequest): Promise<ApiAnswer> {
  const sha = await request.repository.commitId(request.rest);
  if (sha === null) return refuse(422, `No commit found for SHA: ${request.rest}`);
  const newestFirst = [...statusesOf(request, sha)].reverse();
  return answer(pageOf(newestFirst, request.query).map((one) => statusObject(request, sha, one)));
}

/** `GET /repos/{owner}/{repo}/commits/{ref}/status`: the newest of each context, and what they come to. */
export async function combinedStatus(request: ApiRequest): Promise<ApiAnswer> {
  const { host, repository } = request;
  const sha = await repository.commitId(request.rest);
  if (sha === null) return refuse(422, `No commit found for SHA: ${request.rest}`);
  const newest = [...new Map(statusesOf(request, sha).map((one) => [one.context, one])).values()];
  const has = (...wanted: string[]) => newest.some(({ state }) => wanted.includes(state));
  const state = has("error", "failure") ? "failure" : newest.length === 0 || has("pending") ? "pending" : "success";
  const url = `${repositoryUrl(request)}/commits/${sha}`;
  return answer({
    ...{ state, statuses: newest.map((one) => statusObject(request, sha, one)), sha, total_count: newest.length },
    repository: repositoryObject(host.apiUrl, host.webUrl, repository),
    ...{ commit_url: url, url: `${url}/status` },
  });
}

/** Where a commit's statuses are kept. */
export function keyOf(fullName: string, sha: string): string {
  return `${fullName}@${sha}`;
}

function statusesOf({ host, repository }: ApiRequest, sha: string): CommitStatus[] {
  return host.statuses.get(keyOf(repository.fullName, sha)) ?? [];
}

function statusObject(request: ApiRequest, sha: string, status: CommitStatus) {
  const { apiUrl, webUrl } = request.host;
  const { id, state, description, targetUrl, context, createdAt, creator } = status;
  const account = accountObject(apiUrl, webUrl, creator, accountId(creator));
  return {
    ...{ url: `${repositoryUrl(request)}/statuses/${sha}`, avatar_url: account.avatar_url },
    ...{ id, node_id: nodeId("StatusContext", id), state, description, target_url: targetUrl, context },
    ...{ created_at: createdAt, updated_at: createdAt, creator: account },
  };
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
