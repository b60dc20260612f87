/** Names of isolates that one function has at once; a call beyond gets an isolate without a name. */
const mostPerFunction = 2;
/** Functions that have names. Each name may keep an isolate of some MB ready. */
const mostFunctions = 16;

/** What a call is given. */
export interface TakenName {
  /** Null when all of the function's names are taken. */
  name: string | null;
  /** Free names of a function that has them no more: their isolates are to be ended. */
  forgotten: string[];
}

/**
 * Hands out names for isolates, each to one call at a time. The same few names again and again: each new one would be counted as another
 * Worker. They begin with a word of this isolate's own, so that no other isolate of the sandbox gives them out.
 */
export class IsolateNames {
  readonly #own: string;
  /** By function, the least lately called first: the names that are free. */
  readonly #functions = new Map<string, { made: number; free: string[] }>();

  constructor(own: string) {
    this.#own = own;
  }

  take(key: string): TakenName {
    const names = this.#functions.get(key) ?? { made: 0, free: [] };
    this.#functions.delete(key);
    this.#functions.set(key, names);
    const forgotten = this.#functions.size > mostFunctions ? this.#forgetOldest() : [];
    const free = names.free.pop();
    if (free !== undefined) return { name: free, forgotten };
    if (names.made === mostPerFunction) return { name: null, forgotten };
    names.made += 1;
    return { name: `${this.#own} ${names.made} ${key}`, forgotten };
  }

  /** Whether a name's function still has it. */
  has(name: string): boolean {
    return this.#functions.has(keyOf(name));
  }

  /** The name's call is over. Answers false when its function has it no more. */
  giveBack(name: string): boolean {
    const names = this.#functions.get(keyOf(name));
    // After its function was forgotten and came again, the name may be there already.
    if (names === undefined || names.free.includes(name)) return false;
    names.free.push(name);
    return true;
  }

  #forgetOldest(): string[] {
    const [oldest] = this.#functions;
    if (oldest === undefined) return [];
    const [key, { free }] = oldest;
    this.#functions.delete(key);
    return free;
  }
}

function keyOf(name: string): string {
  return name.split(" ").slice(2).join(" ");
}
