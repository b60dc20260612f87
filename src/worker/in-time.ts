/** How long a sync waits for its sources: a call that hangs must become a failure, since lookups wait behind it. */
export const syncTimeoutMs = { d1: 1500, hub: 2500 } as const;

/** What `work` gives, if it does in time; throws else. The work itself goes on, and its outcome is nobody's. */
export async function inTime<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value> {
  let timer: number | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
