/** Which parts of a value somebody wants: all of it, some of its members, or, where neither is said, only that it is there. */
export interface Wanted {
  isWhole: boolean;
  members: Map<string, Wanted>;
}

export function nothingWanted(): Wanted {
  return { isWhole: false, members: new Map() };
}

/** Adds what lies at a path; or only that it is there. */
export function want(root: Wanted, path: readonly string[], isAsked: boolean): void {
  let at = root;
  for (const token of path) {
    const member = at.members.get(token) ?? nothingWanted();
    at.members.set(token, member);
    at = member;
  }
  at.isWhole ||= !isAsked;
}

/** What is wanted of a member; undefined when nothing is. */
export function wantedOf(wanted: Wanted, member: string): Wanted | undefined {
  return wanted.isWhole ? whole : wanted.members.get(member);
}

/** Whether more is wanted than to know that it is there. */
export function isWanted({ isWhole, members }: Wanted): boolean {
  return isWhole || members.size > 0;
}

const whole: Wanted = { isWhole: true, members: new Map() };
