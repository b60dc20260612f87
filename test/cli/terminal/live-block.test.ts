import { describe, expect, test } from "vitest";
import { LiveBlock } from "../../../src/cli/terminal/live-block.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of terminals are what is looked for
const sequences = /(\n|\u001b\[\??\d*[A-Za-z])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same
const up = /^\u001b\[\d+A$/;

/** As much of a terminal as a block uses: lines, the cursor at the beginning of one, up by n, erase below. */
function aTerminal(columns = 40) {
  let lines: string[] = [""];
  let row = 0;
  const write = (text: string) => {
    for (const piece of text.split(sequences)) {
      if (piece === "\n") {
        row += 1;
        lines[row] ??= "";
      } else if (up.test(piece)) {
        row = Math.max(0, row - Number(piece.slice(2, -1)));
      } else if (piece === "\u001b[0J") {
        lines = [...lines.slice(0, row), ""];
      } else if (!piece.startsWith("\u001b")) {
        lines[row] = (lines[row] ?? "") + piece;
      }
    }
  };
  return { columns, write, screen: () => lines.join("\n") };
}

describe("a block that is drawn again and again", () => {
  test("stays in its place, whatever its height, and other text goes above it", () => {
    const terminal = aTerminal();
    const block = new LiveBlock(terminal);
    block.draw(["a", "b", "c"]);
    block.draw(["d"]);
    block.above("log 1");
    block.draw(["e", "f"]);
    block.above("log 2\nlog 3");
    expect(terminal.screen()).toBe("log 1\nlog 2\nlog 3\ne\nf\n");
    block.clear();
    block.clear();
    expect(terminal.screen()).toBe("log 1\nlog 2\nlog 3\n");
    block.draw(["g"]);
    expect(terminal.screen()).toBe("log 1\nlog 2\nlog 3\ng\n");
  });

  test("leaves the cursor as it was", () => {
    const written: string[] = [];
    const block = new LiveBlock({ columns: 80, write: (text) => written.push(text) });
    block.draw(["a"]);
    block.clear();
    expect(written.join("")).toMatch(/\?25l[\s\S]*\?7l[\s\S]*\?7h[\s\S]*\?25h$/);
  });
});
