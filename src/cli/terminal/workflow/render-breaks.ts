import type { Issue } from "../../../contract/issue.ts";
import type { Colors } from "../open-terminal.ts";
import { count, plainText } from "../plain-text.ts";

const form = /^workflow (\S+) would break with \S+, ([^:]+): (.*)$/s;

/** Workflows that a release would break, each once with its steps; and the issues that say something else. */
export function renderBreaks(issues: readonly Issue[], colors: Colors): { lines: string[]; others: Issue[] } {
  const broken = new Map<string, string[]>();
  const others: Issue[] = [];
  for (const found of issues) {
    const [, workflow, where, why] = (found.code === "breaks_workflow" ? form.exec(found.message) : null) ?? [];
    if (workflow === undefined || where === undefined || why === undefined) others.push(found);
    else broken.set(workflow, [...(broken.get(workflow) ?? []), `${colors.bold(plainText(where))}: ${plainText(why)}`]);
  }
  if (broken.size === 0) return { lines: [], others };
  const lines = [...broken].flatMap(([workflow, steps]) => [
    `  ${plainText(workflow)}`,
    ...steps.map((step) => `    ${step}`),
  ]);
  const title = `${colors.yellow("breaks")} ${count(broken.size, "workflow")} whose selectors would take it:`;
  const help = `${colors.cyan("help")}: publish versions of them that fit, or let them name the version that they were made for`;
  return { lines: [title, ...lines, `  ${help}`], others };
}
