const firstSeconds = 2;
const longestSeconds = 3600;

/** After how many seconds a delivery whose host did not answer is tried again: 2, 4, 8 … 3600. `attempts` counts from 1. */
export function hookRetrySeconds(attempts: number): number {
  return Math.min(longestSeconds, firstSeconds * 2 ** Math.min(Math.max(attempts - 1, 0), 20));
}

/** The same of a commit's status: as long as it has been owed, so the wait doubles each time. Null: it is given up. */
export function statusRetrySeconds(owedSeconds: number): number | null {
  if (owedSeconds > 24 * 3600) return null;
  return Math.min(longestSeconds, Math.max(firstSeconds, Math.ceil(owedSeconds)));
}
