import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { paintState } from "./render-catalogue.ts";

/** What is told of a version before its content. */
export function versionLines(found: ResolvedArtifact, colors: Colors): string[] {
  const lines = [
    `${colors.bold(found.name)} ${found.version} (${paintState(found.state, colors)})`,
    `digest     ${found.digest}`,
    `published  ${found.published_at} by ${plainText(found.published_by)}`,
  ];
  if (found.extends !== null) lines.push(`extends    ${found.extends.name} ${found.extends.version}`);
  if (found.notice !== null) {
    const { since, message, successor, sunset } = found.notice;
    const told = message === null ? "" : `: ${plainText(message)}`;
    lines.push(`${found.state} since ${since}${told}`);
    if (successor !== null) lines.push(`use instead  ${plainText(successor)}`);
    if (sunset !== null) lines.push(`sunset  ${sunset}`);
  }
  return lines;
}
