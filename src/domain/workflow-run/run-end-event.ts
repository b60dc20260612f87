/** The event that tells an instance that a run has ended which does one of its steps. */
export function runEndEventType(runId: string): string {
  return `run-${runId}`;
}
