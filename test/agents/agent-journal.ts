import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import type { JsonMap } from "../../src/domain/document/json-value.ts";

const entry = z.object({
  /** `call`: something came in. `effect`: its work was done, once for each key. */
  type: z.enum(["call", "effect"]),
  key: z.string(),
  skill: z.string(),
  runId: z.string(),
  step: z.string(),
  /** Of an effect: what was answered. */
  result: z.record(z.string(), z.json()).nullable(),
});
export type JournalEntry = z.infer<typeof entry>;

/** What agents were asked and what they did, on disk: one line each, written whole, so that a killed agent knows it when it starts again. */
export interface AgentJournal {
  write(one: JournalEntry): void;
  /** What the work of a key gave; null when it was not done. */
  resultOf(key: string): JsonMap | null;
}

export function openJournal(path: string): AgentJournal {
  mkdirSync(dirname(path), { recursive: true });
  const results = new Map<string, JsonMap>();
  for (const { type, key, result } of readJournal(path))
    if (type === "effect" && result !== null) results.set(key, result);
  return {
    write(one) {
      appendFileSync(path, `${JSON.stringify(one)}\n`);
      if (one.type === "effect" && one.result !== null) results.set(one.key, one.result);
    },
    resultOf: (key) => results.get(key) ?? null,
  };
}

/** All entries, in order; a last line that was cut off by a kill is none. */
export function readJournal(path: string): JournalEntry[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.slice(0, -1).map((line) => entry.parse(JSON.parse(line)));
}
