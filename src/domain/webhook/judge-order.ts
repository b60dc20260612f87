/** How a commit stands to another: after it, before it, the same, or on another line; `unknown` where the host no longer has one of them. */
export type CommitOrder = "ahead" | "behind" | "identical" | "diverged" | "unknown";

/**
 * Why a push is not to be done, null when it is. `order` is the pushed commit's to the one that the registry stands at; after a force push,
 * only the branch's head counts.
 */
export function whyNotInOrder(
  order: CommitOrder,
  { synced, pushed, head }: { synced: string; pushed: string; head: string | null },
): string | null {
  switch (order) {
    case "ahead":
    case "identical":
      return null;
    case "behind":
      return `the registry stands at a newer commit, ${short(synced)}`;
    case "diverged":
    case "unknown":
      if (head === pushed) return null;
      if (head === null) return "the branch is gone; what was published from it stays";
      return `the branch does not lead to ${short(pushed)} any more; its head is ${short(head)}`;
  }
}

/** A commit as people write it. */
export function short(commit: string): string {
  return commit.slice(0, 12);
}
