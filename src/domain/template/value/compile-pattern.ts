import { RE2JS } from "re2js";
import { limits } from "../../../contract/limits.ts";

/** A pattern that can be asked about a text. */
export interface Pattern {
  matches(text: string): boolean;
  /** Steps of its program: a match costs text × steps at most. */
  steps: number;
}

/**
 * Compiles a pattern of RE2 syntax (linear time, no lookaround, no backreferences). It matches anywhere in a text unless anchored.
 * Answers are remembered: a template's patterns are asked again with every run.
 */
export function compilePattern(source: string): Pattern | { error: string } {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const answer = compile(source);
  if (compiled.size >= rememberedPatterns) forgetOldest();
  compiled.set(source, answer);
  return answer;
}

/** Bounds the memory that patterns hold: each is up to 1,000 characters and a program of up to 5,000 steps. */
const rememberedPatterns = 200;
/** RE2 costs text × program; `[a-z]{1,1000}` is a program of 2,001 steps. */
const programSteps = 5000;
const compiled = new Map<string, Pattern | { error: string }>();

function compile(source: string): Pattern | { error: string } {
  if (source.length > limits.patternLength) return { error: `it is longer than ${limits.patternLength} characters` };
  try {
    const expression = RE2JS.compile(source);
    const steps = expression.programSize();
    if (steps > programSteps) return { error: `its repetitions expand to more than ${programSteps} steps` };
    return { matches: (text) => expression.test(text), steps };
  } catch (thrown) {
    // RE2JS throws for syntax and for repetitions beyond its own limits.
    return {
      error: thrown instanceof Error ? thrown.message.replace(/^error parsing regexp: /, "") : "it is not RE2 syntax",
    };
  }
}

function forgetOldest(): void {
  for (const source of compiled.keys()) {
    compiled.delete(source);
    return;
  }
}
