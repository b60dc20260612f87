import type { ToldChange } from "./told-change.ts";

/** The newest changes of a run without gaps, those after `floor`. */
export class RecentChanges {
  readonly #most: number;
  #floor: number;
  #changes: ToldChange[] = [];

  constructor(most: number, floor: number) {
    this.#most = most;
    this.#floor = floor;
  }

  /** All changes after `seq`; null: some of them are not known any more. */
  after(seq: number): readonly ToldChange[] | null {
    return seq < this.#floor ? null : this.#changes.filter(({ change }) => change.seq > seq);
  }

  add(told: ToldChange): void {
    this.#changes.push(told);
    if (this.#changes.length <= this.#most) return;
    this.#floor = this.#changes.shift()?.change.seq ?? this.#floor;
  }
}
