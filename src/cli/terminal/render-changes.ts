import type { Change, ChangeLevel } from "../../contract/template/comparison.ts";
import type { Colors } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";

const levelColor = { breaking: "red", minor: "yellow", patch: "dim" } as const satisfies Record<
  ChangeLevel,
  keyof Colors
>;

/** Changes, a line each, as the registry orders them: most severe first. */
export function renderChanges(changes: readonly Change[], colors: Colors): string {
  return changes
    .map(
      ({ level, path, message }) =>
        `  ${colors[levelColor[level]](level.padEnd(8))}  ${plainText(path)}  ${plainText(message)}`,
    )
    .join("\n");
}
