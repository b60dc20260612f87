/**
 * The loops of a graph, given as each node's predecessors: one closed walk (`0, 1, 0`) for each set of nodes that reach each other,
 * and through every node of it, so that all who are in a loop are named.
 */
export function loopsOf(before: readonly (readonly number[])[]): number[][] {
  const reach = before.map((_, start) => reachable(before, start));
  const named = new Set<number>();
  const loops: number[][] = [];
  for (const start of before.keys()) {
    if (named.has(start) || reach[start]?.has(start) !== true) continue;
    const members = [...before.keys()].filter(
      (node) => node === start || (reach[start]?.has(node) === true && reach[node]?.has(start) === true),
    );
    for (const member of members) named.add(member);
    loops.push(closedWalk(before, start, members));
  }
  return loops;
}

/** All nodes that come before a node, directly or not; itself only if it is in a loop. */
function reachable(before: readonly (readonly number[])[], start: number): Set<number> {
  const seen = new Set<number>();
  const waiting = [...(before[start] ?? [])];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    waiting.push(...(before[node] ?? []));
  }
  return seen;
}

/** From `start` through each member that is not yet met, by shortest ways, and back. */
function closedWalk(before: readonly (readonly number[])[], start: number, members: readonly number[]): number[] {
  const inside = new Set(members);
  const walk = [start];
  const left = new Set(members.filter((member) => member !== start));
  let at = start;
  while (left.size > 0) {
    const way = shortestWay(before, at, (node) => left.has(node), inside);
    for (const node of way) left.delete(node);
    walk.push(...way);
    at = way.at(-1) ?? start;
    if (way.length === 0) break;
  }
  return [...walk, ...shortestWay(before, at, (node) => node === start, inside)];
}

/** The nodes after `from` up to the first wanted one, by the fewest steps. */
function shortestWay(
  before: readonly (readonly number[])[],
  from: number,
  isWanted: (node: number) => boolean,
  inside: ReadonlySet<number>,
): number[] {
  const cameFrom = new Map<number, number>();
  const waiting = [from];
  for (const node of waiting) {
    for (const next of before[node] ?? []) {
      if (!inside.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      if (isWanted(next)) return wayTo(cameFrom, from, next);
      waiting.push(next);
    }
  }
  return [];
}

function wayTo(cameFrom: ReadonlyMap<number, number>, from: number, to: number): number[] {
  const way = [to];
  for (let node = cameFrom.get(to); node !== undefined && node !== from; node = cameFrom.get(node)) way.unshift(node);
  return way;
}
