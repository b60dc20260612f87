/** What is wrong with an expression's text, and where. */
export interface TextProblem {
  message: string;
  at: number;
}

/** What reading over strings and brackets found. */
export interface Scan {
  /** The text with every string blanked out, of the same length. */
  withoutStrings: string;
  /** Where the scan ended: at the `}}` that closes it, or at the end of the text. */
  end: number;
  /** Whether it ended at a `}}`. */
  isClosed: boolean;
  problem: TextProblem | null;
}

/**
 * Reads over an expression's strings and brackets. With `untilBraces` it ends at the first `}}` that belongs to neither a string nor a
 * map, which is how the end of `{{ {"a": {"b": 1}} }}` is found.
 */
export function scanText(text: string, from: number, untilBraces: boolean, depth: number): Scan {
  const open: { bracket: string; at: number }[] = [];
  let blank = "";
  let at = from;
  let problem: TextProblem | null = null;
  const done = (isClosed: boolean): Scan => ({ withoutStrings: blank, end: at, isClosed, problem });
  while (at < text.length) {
    const character = text.charAt(at);
    if (untilBraces && open.length === 0 && text.startsWith("}}", at)) return done(true);
    if (character === '"' || character === "'") {
      const end = endOfString(text, at);
      if (end === null) {
        problem ??= { message: "this text does not end: its closing quote is missing", at: at - from };
        // The rest cannot be told apart from the string; a template still ends at its braces.
        const braces = untilBraces ? text.indexOf("}}", at) : -1;
        at = braces < 0 ? text.length : braces;
        return done(braces >= 0);
      }
      blank += `"${" ".repeat(end - at - 2)}"`;
      at = end;
      continue;
    }
    if ("([{".includes(character)) {
      open.push({ bracket: character, at });
      if (open.length > depth)
        problem ??= { message: `the expression is nested deeper than ${depth} brackets`, at: at - from };
    } else if (")]}".includes(character)) {
      const last = open.pop();
      if (last === undefined) problem ??= { message: `this ${character} closes nothing`, at: at - from };
      else if (closing(last.bracket) !== character)
        problem ??= {
          message: `this ${character} closes a ${last.bracket}, which wants ${closing(last.bracket)}`,
          at: at - from,
        };
    }
    blank += character;
    at++;
  }
  const left = open.at(-1);
  if (left !== undefined) problem ??= { message: `this ${left.bracket} is never closed`, at: left.at - from };
  return done(false);
}

function closing(bracket: string): string {
  return bracket === "(" ? ")" : bracket === "[" ? "]" : "}";
}

/** The offset behind the string that starts with the quote at `at`; null when it does not end. */
function endOfString(text: string, at: number): number | null {
  const quote = text.charAt(at);
  const mark = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
  const isRaw = /(^|[^A-Za-z0-9_])([bB]?[rR]|[rR][bB])$/.test(text.slice(Math.max(0, at - 3), at));
  for (let next = at + mark.length; next < text.length; next++) {
    if (text.startsWith(mark, next)) return next + mark.length;
    const character = text.charAt(next);
    if (character === "\\" && !isRaw) next++;
    // A short string ends on its line.
    else if (mark.length === 1 && (character === "\n" || character === "\r")) return null;
  }
  return null;
}
