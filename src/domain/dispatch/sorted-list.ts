/** Items of a block at most. V8 moves a few hundred items in a microsecond, but a hundred thousand in half a millisecond. */
const blockSize = 512;

/** Items in order, kept in blocks so that adding and removing stay cheap. `compare` must tell any two different items apart. */
export class SortedList<Item> implements Iterable<Item> {
  readonly #compare: (a: Item, b: Item) => number;
  /** Each in order and never empty, and all of one before all of the next. */
  readonly #blocks: Item[][] = [];
  #size = 0;

  constructor(compare: (a: Item, b: Item) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  at(position: number): Item | undefined {
    let left = position;
    for (const block of this.#blocks) {
      if (left < block.length) return block[left];
      left -= block.length;
    }
    return undefined;
  }

  /** How many items go before this one, whether it is here or not. */
  countBefore(item: Item): number {
    const at = this.#blockFor(item);
    let count = countBefore(this.#blocks[at] ?? [], item, this.#compare);
    for (const block of this.#blocks.slice(0, at)) count += block.length;
    return count;
  }

  add(item: Item): void {
    this.#size += 1;
    const at = Math.min(this.#blockFor(item), Math.max(0, this.#blocks.length - 1));
    const block = this.#blocks[at];
    if (block === undefined) {
      this.#blocks.push([item]);
      return;
    }
    block.splice(countBefore(block, item, this.#compare), 0, item);
    if (block.length > blockSize) this.#blocks.splice(at + 1, 0, block.splice(blockSize / 2));
  }

  /** Removes the item that compares equal; whether there was one. */
  remove(item: Item): boolean {
    const at = this.#blockFor(item);
    const block = this.#blocks[at] ?? [];
    const position = countBefore(block, item, this.#compare);
    const found = block[position];
    if (found === undefined || this.#compare(found, item) !== 0) return false;
    block.splice(position, 1);
    if (block.length === 0) this.#blocks.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  /** Takes the first item off. */
  takeFirst(): Item | undefined {
    const first = this.at(0);
    if (first !== undefined) this.remove(first);
    return first;
  }

  *[Symbol.iterator](): Iterator<Item> {
    for (const block of this.#blocks) yield* block;
  }

  /** The first block that does not end before the item; one past the last when all do. */
  #blockFor(item: Item): number {
    return countBefore(this.#blocks, item, (block, other) => {
      const last = block.at(-1);
      return last === undefined ? -1 : this.#compare(last, other);
    });
  }
}

/** How many of a sorted list's items go before a value, by halving. */
function countBefore<Item, Value>(
  items: readonly Item[],
  value: Value,
  compare: (item: Item, value: Value) => number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = items[middle];
    if (found !== undefined && compare(found, value) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
