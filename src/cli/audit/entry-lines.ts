import { type AuditEntry, auditEntry } from "../../contract/access/audit.ts";

/** An entry of the audit log as a line of it tells it, without what ends the line. */
export interface EntryLine {
  line: string;
  /** Null: the line is no entry. */
  entry: AuditEntry | null;
}

/** Entries out of pieces of NDJSON. A last line that does not end is told too: of a file it may be whole. */
export async function* entryLines(pieces: AsyncIterable<string>): AsyncGenerator<EntryLine, void, undefined> {
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield readLine(line);
  }
  if (rest.trim() !== "") yield readLine(rest);
}

function readLine(line: string): EntryLine {
  return { line, entry: auditEntry.safeParse(parseJson(line)).data ?? null };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
