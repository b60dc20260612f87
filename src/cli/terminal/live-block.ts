/** The part of a terminal's stream that is needed. */
export interface BlockStream {
  readonly columns: number;
  write(text: string): unknown;
}

/** Lines at the bottom of a terminal that are drawn again and again in the same place; other text can be put above them. */
export class LiveBlock {
  readonly #stream: BlockStream;
  #lines: readonly string[] = [];

  constructor(stream: BlockStream) {
    this.#stream = stream;
  }

  /** Columns that a line may have. */
  get width(): number {
    return Math.max(20, this.#stream.columns - 1);
  }

  /** Shows these lines in place of those before. */
  draw(lines: readonly string[]): void {
    const erasing = this.#erasing();
    this.#lines = lines;
    this.#stream.write(erasing + this.#drawn());
  }

  /** Puts text above the block; it stays. */
  above(text: string): void {
    this.#stream.write(`${this.#erasing()}${text}\n${this.#drawn()}`);
  }

  /** Takes the block away; `draw` brings one back. */
  clear(): void {
    this.#stream.write(this.#erasing() + showCursor);
    this.#lines = [];
  }

  #erasing(): string {
    return this.#lines.length === 0 ? "" : `\u001b[${this.#lines.length}A\u001b[0J`;
  }

  // A line that is wider than the terminal is cut by it, not wrapped: a wrapped one would make the block taller than counted.
  #drawn(): string {
    return this.#lines.length === 0 ? "" : `${hideCursor}${noWrap}${this.#lines.join("\n")}\n${wrap}`;
  }
}

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const noWrap = "\u001b[?7l";
const wrap = "\u001b[?7h";
