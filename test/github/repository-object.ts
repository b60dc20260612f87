import { accountId, accountObject, nodeId } from "./account-object.ts";
import type { BareRepository } from "./bare-repository.ts";

/** A repository as GitHub's answers tell it, every field of the sample payloads. */
export function repositoryObject(apiUrl: string, webUrl: string, repository: BareRepository) {
  const { id, name, fullName, owner, isPrivate, defaultBranch, createdAt } = repository;
  const url = `${apiUrl}/repos/${fullName}`;
  const htmlUrl = `${webUrl}/${fullName}`;
  return {
    ...{ id, node_id: nodeId("Repository", id), name, full_name: fullName, private: isPrivate },
    owner: accountObject(apiUrl, webUrl, owner, accountId(owner)),
    ...{ html_url: htmlUrl, description: null, fork: false, url },
    ...linksOf(url),
    created_at: createdAt.toISOString(),
    updated_at: createdAt.toISOString(),
    pushed_at: new Date().toISOString(),
    git_url: `git://${new URL(webUrl).host}/${fullName}.git`,
    ssh_url: `git@${new URL(webUrl).hostname}:${fullName}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    ...{ homepage: null, size: 0, stargazers_count: 0, watchers_count: 0, language: null },
    ...{ has_issues: true, has_projects: true, has_downloads: true, has_wiki: true, has_pages: false },
    ...{ has_discussions: false, forks_count: 0, mirror_url: null, archived: false, disabled: false },
    ...{ open_issues_count: 0, license: null, allow_forking: true, is_template: false },
    ...{ web_commit_signoff_required: false, topics: [], visibility: isPrivate ? "private" : "public" },
    ...{ forks: 0, open_issues: 0, watchers: 0, default_branch: defaultBranch },
  };
}

/** The same as a push tells it: with times in seconds, and a few words of old. */
export function pushedRepositoryObject(apiUrl: string, webUrl: string, repository: BareRepository) {
  const told = repositoryObject(apiUrl, webUrl, repository);
  const { owner, fullName, defaultBranch, createdAt } = repository;
  const email = `${owner}@users.noreply.github.com`;
  return {
    ...told,
    owner: { name: owner, email, ...told.owner },
    url: `${webUrl}/${fullName}`,
    created_at: Math.floor(createdAt.getTime() / 1000),
    pushed_at: Math.floor(Date.now() / 1000),
    ...{ stargazers: 0, master_branch: defaultBranch },
  };
}

/** Templates of addresses: the names are the API's, what follows is below the repository. */
function linksOf(url: string): Record<string, string> {
  return Object.fromEntries(Object.entries(links).map(([name, path]) => [`${name}_url`, `${url}${path}`]));
}

const links = {
  forks: "/forks",
  keys: "/keys{/key_id}",
  collaborators: "/collaborators{/collaborator}",
  teams: "/teams",
  hooks: "/hooks",
  issue_events: "/issues/events{/number}",
  events: "/events",
  assignees: "/assignees{/user}",
  branches: "/branches{/branch}",
  tags: "/tags",
  blobs: "/git/blobs{/sha}",
  git_tags: "/git/tags{/sha}",
  git_refs: "/git/refs{/sha}",
  trees: "/git/trees{/sha}",
  statuses: "/statuses/{sha}",
  languages: "/languages",
  stargazers: "/stargazers",
  contributors: "/contributors",
  subscribers: "/subscribers",
  subscription: "/subscription",
  commits: "/commits{/sha}",
  git_commits: "/git/commits{/sha}",
  comments: "/comments{/number}",
  issue_comment: "/issues/comments{/number}",
  contents: "/contents/{+path}",
  compare: "/compare/{base}...{head}",
  merges: "/merges",
  archive: "/{archive_format}{/ref}",
  downloads: "/downloads",
  issues: "/issues{/number}",
  pulls: "/pulls{/number}",
  milestones: "/milestones{/number}",
  notifications: "/notifications{?since,all,participating}",
  labels: "/labels{/name}",
  releases: "/releases{/id}",
  deployments: "/deployments",
} as const;
