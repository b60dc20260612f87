import type { BareRepository } from "./bare-repository.ts";
import type { Host, TokenRights } from "./host.ts";

/** A request to the API about one repository, let in. */
export interface ApiRequest {
  host: Host;
  repository: BareRepository;
  /** Null: without a token. */
  rights: TokenRights | null;
  query: URLSearchParams;
  /** The media type that is asked for. */
  accept: string;
  body: string;
  /** What the path has below `/repos/{owner}/{repo}/…`, decoded. */
  rest: string;
}

/** The address of the repository in the API. */
export function repositoryUrl({ host, repository }: Pick<ApiRequest, "host" | "repository">): string {
  return `${host.apiUrl}/repos/${repository.fullName}`;
}

/** A page of a list, as `?per_page=` (at most 100) and `?page=` ask. */
export function pageOf<Item>(items: readonly Item[], query: URLSearchParams, most = 100, usual = 30): Item[] {
  const size = Math.min(most, Math.max(1, Number(query.get("per_page") ?? usual) || usual));
  const page = Math.max(1, Number(query.get("page") ?? 1) || 1);
  return items.slice((page - 1) * size, page * size);
}
