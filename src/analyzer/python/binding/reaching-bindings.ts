import type { Branch, TopStatement } from "../syntax/top-statements.ts";
import type { Binding, Bindings } from "./binding.ts";

/** Places where a name was bound that are remembered; more tell nothing more. */
const enough = 50;

/**
 * What a name may be bound to at an offset, the latest first. A binding in a branch may or may not have happened. What an exception's
 * handler binds counts only where the `try` itself does not: it stands for an import that failed.
 */
export function reachingBindings(
  bindings: Bindings,
  name: string,
  offset: number,
  place: Pick<TopStatement, "branches" | "handles">,
): Binding[] {
  const all = bindings.get(name) ?? [];
  const reaching: Binding[] = [];
  for (let index = all.length - 1; index >= 0 && reaching.length < enough; index--) {
    const binding = all[index];
    if (binding === undefined || binding.since > offset || binding.statement.isTypeOnly) continue;
    const { branches } = binding.statement;
    if (excludes(branches, place.branches)) continue;
    reaching.push(binding);
    if (isWithin(place.branches, branches)) break;
  }
  return reaching.filter((binding) => {
    const isFallback = binding.statement.handles.some(
      (handled) =>
        !place.handles.includes(handled) && reaching.some((other) => other.statement.tries.includes(handled)),
    );
    return !isFallback;
  });
}

/** Whether one `if` or `match` sends the two into different branches. */
function excludes(a: readonly Branch[], b: readonly Branch[]): boolean {
  return a.some((one) =>
    b.some((other) => one.statement === other.statement && one.index !== other.index && one.isExclusive),
  );
}

/** Whether what is at `place` is in every branch of `branches`. */
function isWithin(place: readonly Branch[], branches: readonly Branch[]): boolean {
  return branches.every((branch) =>
    place.some((other) => other.statement === branch.statement && other.index === branch.index),
  );
}
