// Writes the table of docs/functions.md about test/analyzer/bypass, from what each source says in its head: `node scripts/bypass-table.ts`.
// Tests see that the heads are true (test/analyzer/bypass.test.ts, runner/tests/test_bypass.py) and that the table is current.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "test", "analyzer", "bypass");
const page = join(root, "docs", "functions.md");
const marks = ["<!-- tricks: made by scripts/bypass-table.ts -->", "<!-- end of tricks -->"] as const;

/** What a trick says of itself. */
const head = z.object({
  trick: z.string(),
  wants: z.enum(["file", "process", "network", "environment", "code"]),
  /** The codes that refuse it, or `accepted`. */
  analysis: z.string(),
  /** A part of what comes back from the sandbox. */
  sandbox: z.string(),
  /** Why that means that nothing got out, where it does not say so. */
  because: z.string().optional(),
  /** Why it leaves no proof where there is no sandbox either. */
  alone: z.string().optional(),
});

/** One source that tries to get out. */
export interface Trick extends z.infer<typeof head> {
  name: string;
  /** As it is, a lone carriage return included. */
  text: string;
}

/** All tricks, by name. */
export function readTricks(): Trick[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".py"))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      const comments = /^(?:#[^\r\n]*\n)+/.exec(text)?.[0] ?? "";
      const pairs = [...comments.matchAll(/^# (\w+): (.*)$/gm)].map(([, key = "", value = ""]) => [key, value]);
      return { name: file.slice(0, -3), text, ...head.parse(Object.fromEntries(pairs)) };
    });
}

/** The page with the table in its place. */
export function withTable(text: string, tricks: Trick[]): string {
  const [start, end] = marks.map((mark) => text.indexOf(mark));
  if (start === undefined || end === undefined || start < 0 || end < start) {
    throw new Error(`docs/functions.md has no ${marks.join(" … ")}`);
  }
  return `${text.slice(0, start)}${marks[0]}\n${table(tricks)}\n${text.slice(end)}`;
}

/** The page as it is. */
export function readPage(): string {
  return readFileSync(page, "utf8");
}

function table(tricks: Trick[]): string {
  const rows = tricks.map(({ name, trick, wants, analysis, sandbox, because }) => {
    const said = analysis === "accepted" ? "accepts it" : `refuses it: ${codes(analysis)}`;
    return [`\`${name}\``, trick, wants, said, `\`${sandbox}\`${because === undefined ? "" : `: ${because}`}`];
  });
  const refused = tricks.filter(({ analysis }) => analysis !== "accepted").length;
  return [
    `${tricks.length} tricks. Analysis refuses ${refused}; the sandbox contains all ${tricks.length}.`,
    "",
    "| source | trick | wants | analysis | what comes back from the sandbox |",
    "|---|---|---|---|---|",
    ...rows.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`),
  ].join("\n");
}

function codes(analysis: string): string {
  return analysis
    .split(", ")
    .map((code) => `\`${code}\``)
    .join(", ");
}

if (import.meta.main) writeFileSync(page, withTable(readPage(), readTricks()));
