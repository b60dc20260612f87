import type { Colors } from "../terminal/open-terminal.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderIssue } from "../terminal/render-issues.ts";
import { statusWord } from "../terminal/status-word.ts";
import type { PushOutcome } from "./push-file.ts";

/** What a push came to, for people: a line, what was registered by it, and what refused it. */
export function renderPush(outcome: PushOutcome, text: string | null, colors: Colors): string {
  const { file, message, issues } = outcome;
  const where = targetOf(outcome);
  const told = where === null ? colors.bold(file) : `${colors.bold(where)}  ${colors.dim(file)}`;
  const lines = [`${statusWord(outcome.status === "not_sent" ? "not sent" : outcome.status, colors)}  ${told}`];
  if (outcome.digest !== null) lines.push(`  ${whatText(outcome)}${outcome.digest}`);
  if (message !== null && outcome.status !== "not_sent") {
    lines.push(...message.split("\n").map((line) => `  ${plainText(line)}`));
  }
  for (const found of issues) {
    const shown = renderIssue({ ...found, file }, text ?? undefined, colors);
    lines.push(...shown.split("\n").map((line) => `  ${line}`));
  }
  return lines.join("\n");
}

/** `workflows/code-generation:v1`; null where it was not known. */
export function targetOf({ repository, tags }: PushOutcome): string | null {
  return repository === null ? null : `${repository}:${tags.join(",")}`;
}

function whatText({ kind, name, version }: PushOutcome): string {
  if (kind === null) return "";
  return `${[kind, name, version].filter((part) => part !== null).join(" ")}  `;
}
