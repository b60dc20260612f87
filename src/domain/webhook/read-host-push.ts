import type { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import { githubPush, gitlabPush } from "../../contract/webhook/host-push.ts";
import { type Result, refusal, success } from "../result.ts";
import type { HookMeaning, WatchedBranch } from "./hook-meaning.ts";

/** What a webhook of GitHub means for a source. `event` is its `X-GitHub-Event`. */
export function readGithubHook(event: string, body: unknown, watched: WatchedBranch): Result<HookMeaning, Failure> {
  if (event === "ping") return success({ type: "pong" });
  if (event !== "push") return success({ type: "ignored", reason: `the event is ${event}; only pushes are published` });
  const parsed = githubPush.safeParse(body);
  if (!parsed.success) return notAPush("GitHub", parsed.error);
  const { ref, after, deleted, repository, pusher } = parsed.data;
  const push = { repository: repository.full_name, ref, commit: after, isDeletion: deleted === true };
  return success(meaningOf({ ...push, event, pusher: pusher?.name ?? null }, watched));
}

/** What a webhook of GitLab means for a source. `event` is its `X-Gitlab-Event`. */
export function readGitlabHook(event: string, body: unknown, watched: WatchedBranch): Result<HookMeaning, Failure> {
  if (event !== "Push Hook" && event !== "System Hook" && event !== "Tag Push Hook") {
    return success({ type: "ignored", reason: `the event is ${event}; only pushes are published` });
  }
  const parsed = gitlabPush.safeParse(body);
  if (!parsed.success) {
    if (event === "System Hook") return success({ type: "ignored", reason: "the system hook is no push" });
    return notAPush("GitLab", parsed.error);
  }
  const { object_kind: kind, ref, after, project, user_username: pusher } = parsed.data;
  if (kind !== "push" && kind !== "tag_push") {
    return success({ type: "ignored", reason: `the event is ${kind}; only pushes are published` });
  }
  const push = { repository: project.path_with_namespace, ref, commit: after, isDeletion: false };
  return success(meaningOf({ ...push, event: "push", pusher: pusher ?? null }, watched));
}

interface Push {
  repository: string;
  ref: string;
  commit: string;
  isDeletion: boolean;
  event: string;
  pusher: string | null;
}

function meaningOf(push: Push, watched: WatchedBranch): HookMeaning {
  const { repository, ref, commit, event, pusher } = push;
  const ignored = (reason: string): HookMeaning => ({ type: "ignored", reason });
  // Hosts do not mind how a repository's name is capitalised.
  if (repository.toLowerCase() !== watched.repository.toLowerCase()) {
    return ignored(`it is about ${repository.slice(0, 200)}; this source is about ${watched.repository}`);
  }
  if (ref !== `refs/heads/${watched.branch}`) {
    return ignored(`${ref.slice(0, 200)} was pushed; this source watches the branch ${watched.branch}`);
  }
  if (push.isDeletion || /^0+$/.test(commit)) {
    return ignored(`the branch ${watched.branch} was deleted; what was published from it stays`);
  }
  return { type: "push", event, ref, commit, pusher };
}

function notAPush(host: string, error: z.ZodError): Result<never, Failure> {
  const [first] = error.issues;
  const at = first === undefined || first.path.length === 0 ? "the body" : first.path.join(".");
  const message = `the body is not a push event of ${host}: ${at}: ${first?.message ?? "it does not fit"}`;
  return refusal({ code: "INVALID_REQUEST", message });
}
