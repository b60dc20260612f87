/**
 * The part of Cloudflare's `WorkflowStep` that we use. What a step gave is kept: when the instance is run again, from its beginning, after a crash or
 * a rest, it is answered without doing it again. Names are at most 256 characters and never repeat within a run. A result is at most 1 MiB of JSON.
 */
export interface DurableSteps {
  /** Does it at least once. Rejects when it failed more often than `retries` allows. */
  do<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  sleep(name: string, ms: number): Promise<void>;
  /** What came with the event; null when it did not come within `timeoutMs`. */
  awaitEvent(name: string, type: string, timeoutMs: number): Promise<{ payload: unknown } | null>;
}
