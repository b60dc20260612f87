/** A member of a batch: what it is called, and the names of others that are to come before it. */
export interface NeedingMember {
  name: string | null;
  needs: readonly string[];
}

/**
 * The places of members in the order in which they are to be done: each after those that it needs, those of one name as they were sent. Where
 * members need each other in a circle, the one that was sent first comes last.
 */
export function orderByNeed(members: readonly NeedingMember[]): number[] {
  const byName = Map.groupBy(members.keys(), (at) => members[at]?.name ?? null);
  const order: number[] = [];
  const seen = new Set<number>();

  function visit(at: number): void {
    const member = members[at];
    if (member === undefined || seen.has(at)) return;
    seen.add(at);
    for (const name of member.needs) for (const needed of byName.get(name) ?? []) if (!waits(needed)) visit(needed);
    order.push(at);
  }

  /** A version of the same name that was sent before is not done yet: then this one has its turn later. */
  function waits(at: number): boolean {
    const name = members[at]?.name ?? null;
    return (byName.get(name) ?? []).some((other) => other < at && seen.has(other) && !order.includes(other));
  }

  for (const at of members.keys()) visit(at);
  return order;
}
