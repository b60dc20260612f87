import type { DurableSteps } from "../../../bindings/workflow/durable-steps.ts";

/** A durable step could not be done: its instance is stopped, or what it needs was away for too long. Nothing is known of the run's end. */
export class NoLongerDurable extends Error {
  constructor(name: string, cause: unknown) {
    super(`step ${name}: ${String(cause)}`, { cause });
  }
}

/** The same steps, whose failures cannot be taken for a step's own. */
export function orNoLongerDurable(steps: DurableSteps): DurableSteps {
  const guarded = async <Value>(name: string, done: Promise<Value>): Promise<Value> => {
    try {
      return await done;
    } catch (error) {
      throw new NoLongerDurable(name, error);
    }
  };
  return {
    do: (name, work) => guarded(name, steps.do(name, work)),
    sleep: (name, ms) => guarded(name, steps.sleep(name, ms)),
    awaitEvent: (name, type, timeoutMs) => guarded(name, steps.awaitEvent(name, type, timeoutMs)),
  };
}
