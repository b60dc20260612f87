import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal } from "../../domain/result.ts";

/** What an abstract template answers to everything that only a runnable one can do. */
export function abstractRefusal(name: string, version: string): Result<never, Failure> {
  return refusal({
    code: "STATE_CONFLICT",
    message: `template ${name}@${version} is abstract: it exists to be extended and cannot run`,
  });
}
