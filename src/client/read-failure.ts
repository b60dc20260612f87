import { problem } from "../contract/failure.ts";
import { CallFailure } from "./call-failure.ts";
import type { RawAnswer } from "./send-once.ts";

/** What an answer outside 2xx says, as the failure to throw. */
export function readFailure(url: string, answer: RawAnswer, retryAfterSeconds: number | null): CallFailure {
  const parsed = problem.safeParse(parseJson(answer.text));
  if (parsed.success) {
    const reason = { kind: "refused", status: answer.status, problem: parsed.data, retryAfterSeconds } as const;
    return new CallFailure(parsed.data.detail, reason);
  }
  const begin = answer.text.trim().replace(/\s+/g, " ").slice(0, 120);
  return new CallFailure(
    `${url} answered ${answer.status} without problem details${begin === "" ? "" : ` (“${begin}”)`}; is it a Callsheet registry?`,
    { kind: "unreadable", status: answer.status },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
