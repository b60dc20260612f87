/** One document's text as it stands in its file. */
export interface StreamPart {
  text: string;
  /** Counts from 1. */
  firstLine: number;
}

/**
 * Splits a YAML stream into its documents. Lines that begin with `---` or `...` are markers wherever they stand: no scalar may
 * contain them (YAML 1.2 rule c-forbidden), so no parsing is needed. A part without content is left out unless it is all there is.
 */
export function splitStream(source: string): StreamPart[] {
  const parts: (StreamPart & { hasContent: boolean })[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  let isStarted = false;
  let hasContent = false;

  function close(nextLine: number): void {
    if (isStarted || hasContent) parts.push({ text: lines.join(""), firstLine, hasContent });
    lines = [];
    firstLine = nextLine;
    isStarted = false;
    hasContent = false;
  }

  for (const [i, line] of source.split(/(?<=\n)/).entries()) {
    if (isMarker(line, "...")) {
      close(i + 2);
      continue;
    }
    if (isMarker(line, "---")) {
      if (isStarted || hasContent) close(i + 1);
      isStarted = true;
      hasContent = /^---\s+[^\s#]/.test(line);
    } else if (!isStarted && !hasContent && line.startsWith("%")) {
      // A directive: it belongs to the document that the next marker starts.
    } else if (!/^\s*(#|$)/.test(line)) {
      hasContent = true;
    }
    lines.push(line);
  }
  close(0);
  const full = parts.filter((part) => part.hasContent);
  if (full.length > 0) return full.map(({ text, firstLine: line }) => ({ text, firstLine: line }));
  return [{ text: source, firstLine: 1 }];
}

/** Joins documents to one stream. `...` ends one for sure, whether the next begins with `---`, a directive or its content. */
export function joinStream(texts: readonly string[]): { stream: string; firstLines: number[] } {
  const firstLines: number[] = [];
  const pieces: string[] = [];
  let line = 1;
  for (const text of texts) {
    const piece = text.endsWith("\n") ? text : `${text}\n`;
    firstLines.push(line);
    pieces.push(piece);
    line += piece.split("\n").length;
  }
  return { stream: pieces.join("...\n"), firstLines };
}

function isMarker(line: string, marker: string): boolean {
  return line.startsWith(marker) && (line.length === marker.length || /\s/.test(line.charAt(marker.length)));
}
