import { functionModule } from "./isolate-code.ts";

/** The frames of a stack that lie in the function's own source; null when none does. */
export function ownFrames(stack: string): string | null {
  const frames = stack
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("at ") && line.includes(`${functionModule}:`));
  return frames.length === 0 ? null : frames.join("\n");
}
