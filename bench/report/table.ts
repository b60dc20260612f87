/** One measured table; printed for people, written as it is to `--json`. */
export interface Table {
  title: string;
  rows: Record<string, string | number>[];
  /** What a reader must know to read the numbers right. */
  notes: string[];
}

/** A table as aligned text. */
export function renderTable(table: Table): string {
  const columns = [...new Set(table.rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...table.rows.map((row) => columns.map((column) => renderCell(row[column])))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const isText = columns.map((column) => table.rows.every((row) => typeof row[column] !== "number"));
  const body = lines.map((line) => {
    const cells = line.map((cell, at) => (isText[at] ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    return `  ${cells.join("  ")}`.trimEnd();
  });
  return [`\n${table.title}`, ...body, ...table.notes.map((note) => `  · ${note}`)].join("\n");
}

function renderCell(value: string | number | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (Number.isInteger(value)) return String(value);
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 3;
  return value.toFixed(digits);
}
