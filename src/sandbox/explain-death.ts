import type { EdgeOutcome } from "../contract/function/edge-call.ts";

type Death = Pick<Extract<EdgeOutcome, { state: "failed" }>, "code" | "message" | "stack">;

/**
 * What the runtime says when it ends an isolate, by what we know of its words: no error of the function's own comes this way. Production
 * enforces CPU and memory; on one machine a watcher outside does (scripts/local/edge).
 */
export function explainDeath(error: unknown): Death {
  const told = error instanceof Error ? error.message : String(error);
  const [, startError] = /^Failed to start Worker:\s*(?:Uncaught )?(.*)$/s.exec(told) ?? [];
  if (startError !== undefined) return loadFailure(startError);
  if (/exceeded[^.]*\bCPU\b|\bCPU\b[^.]*(limit|exceeded)/i.test(told))
    return { code: "cpu_limit", message: "it used more CPU time than a call may", stack: null };
  if (/memory/i.test(told) && /exceed|limit/i.test(told))
    return { code: "out_of_memory", message: "it used more memory than an isolate has", stack: null };
  if (told.includes("code had hung"))
    return { code: "wall_timeout", message: "it waits for something that can never happen", stack: null };
  if (told.includes("process.exit"))
    return { code: "crashed", message: "it ended its own process (process.exit)", stack: null };
  return { code: "crashed", message: "its isolate died, and the runtime does not tell why", stack: null };
}

/** "SyntaxError: Unexpected end of input\n  at function.js:1:22" */
function loadFailure(told: string): Death {
  const [message = told, ...frames] = told.split("\n");
  return { code: "load_failed", message, stack: frames.join("\n") };
}
