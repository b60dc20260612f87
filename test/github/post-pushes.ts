import type { BareRepository } from "./bare-repository.ts";
import type { Hook, HookPosts } from "./hooks.ts";
import type { Host } from "./host.ts";
import { type MovedRef, pushPayload } from "./push-payload.ts";

/** More branches, or more tags, at once are told by no webhook (GitHub's documentation of `push`). */
const mostBranches = 5000;
const mostTags = 3;

const turns = new WeakMap<BareRepository, Promise<unknown>>();

/** What a push moved, beside the refs as they are then. Pushes to one repository take turns, so that each is told what is its own. */
export async function movedRefs(
  repository: BareRepository,
  push: () => Promise<void>,
): Promise<{ moved: MovedRef[]; refs: Map<string, string> }> {
  const turn = (turns.get(repository) ?? Promise.resolve()).then(async () => {
    const before = await repository.refs();
    await push();
    const refs = await repository.refs();
    const names = [...new Set([...before.keys(), ...refs.keys()])].sort();
    const moved = names
      .map((ref) => ({ ref, before: before.get(ref) ?? null, after: refs.get(ref) ?? null }))
      .filter((one) => one.before !== one.after);
    return { moved, refs };
  });
  turns.set(
    repository,
    turn.catch(() => undefined),
  );
  return turn;
}

/** Tells the hooks of a repository what a push moved: one `push` event for each ref. */
export async function postPushes(
  host: Host,
  repository: BareRepository,
  { moved, refs }: { moved: readonly MovedRef[]; refs: ReadonlyMap<string, string> },
  { pusher, hooks, posts }: { pusher: string; hooks: readonly Hook[]; posts: HookPosts },
): Promise<void> {
  const tags = moved.filter(({ ref }) => ref.startsWith("refs/tags/"));
  const branches = moved.filter(({ ref }) => ref.startsWith("refs/heads/"));
  const told = [...(branches.length > mostBranches ? [] : branches), ...(tags.length > mostTags ? [] : tags)];
  for (const one of told) {
    const others = new Map([...refs].filter(([ref]) => !moved.some((pushed) => pushed.ref === ref)));
    const payload = await pushPayload(host, repository, one, { pusher, others });
    for (const hook of hooks) {
      if (hook.events.includes("push")) posts.post(hook, "push", repository.id, payload);
    }
  }
}
