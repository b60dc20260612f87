import { z } from "zod";

/** A commit as hosts name it: SHA-1, or SHA-256 in repositories that use it. */
export const commitId = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "a commit is 40 or 64 hex digits");

const ref = z.string().min(1).max(1000);
const person = z.string().max(400);

/** What is read of GitHub's `push` event (https://docs.github.com/webhooks/webhook-events-and-payloads#push); lists of files are not. */
export const githubPush = z.object({
  ref,
  after: commitId,
  deleted: z.boolean().nullish(),
  repository: z.object({ full_name: z.string().min(1).max(400) }),
  pusher: z.object({ name: person.nullish() }).nullish(),
});

/** What is read of GitLab's push events (https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events). */
export const gitlabPush = z.object({
  object_kind: z.string().max(100),
  ref,
  after: commitId,
  user_username: person.nullish(),
  project: z.object({ path_with_namespace: z.string().min(1).max(1000) }),
});
