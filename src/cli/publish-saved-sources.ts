import type { Client } from "../client/create-client.ts";
import { checkSources, isAccepted } from "./sources/check-sources.ts";
import { publishSources } from "./sources/publish-sources.ts";
import { readSources } from "./sources/read-sources.ts";
import type { Terminal } from "./terminal/open-terminal.ts";
import { renderIssue } from "./terminal/render-issues.ts";
import { renderOutcome } from "./terminal/render-outcome.ts";

/** Checks and publishes sources that were saved; prints what was found and what changed. Throws what broke it off. */
export async function publishSavedSources(
  { client, terminal, signal }: { client: Client; terminal: Terminal; signal: AbortSignal },
  files: readonly string[],
): Promise<void> {
  const checked = await checkSources(await readSources(files));
  for (const { source, issues } of checked.filter((one) => !isAccepted(one))) {
    const { file, text } = source;
    terminal.event(
      { kind: "function", file, position: 0, name: null, version: null, status: "not_valid", issues },
      () => issues.map((found) => renderIssue({ ...found, file }, text, terminal.colors)).join("\n"),
    );
  }
  const good = checked.filter(isAccepted).map(({ source }) => source);
  if (good.length === 0 || signal.aborted) return;
  const texts = new Map(good.map(({ file, text }) => [file, text]));
  const done = await publishSources(client, good, { isDryRun: false });
  for (const outcome of done.outcomes) {
    if (outcome.status === "not_sent") continue;
    const { exitCode: _, ...told } = outcome;
    terminal.event(told, () => renderOutcome(outcome, texts.get(outcome.file), false, terminal.colors));
  }
  if (done.failure !== undefined) throw done.failure;
}
