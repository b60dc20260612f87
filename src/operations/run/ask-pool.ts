/** What a pool answered in time; or that it did not. */
export type PoolAnswer<Value> = { answered: true; value: Value } | { answered: false };

/** How long a reader waits for a pool; D1 alone answers it then. */
export const poolTimeoutMs = 1500;

/** Asks a pool, for at most `timeoutMs`. A pool that is late or fails is no outage of who asks: D1 has the truth about runs. */
export async function askPool<Value>(ask: () => Promise<Value>, timeoutMs = poolTimeoutMs): Promise<PoolAnswer<Value>> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<PoolAnswer<Value>>((resolve) => {
    timer = setTimeout(() => resolve({ answered: false }), timeoutMs);
  });
  const asked = async (): Promise<PoolAnswer<Value>> => {
    try {
      return { answered: true, value: await ask() };
    } catch (error) {
      console.warn(JSON.stringify({ level: "warn", pool_did_not_answer: String(error) }));
      return { answered: false };
    }
  };
  try {
    return await Promise.race([asked(), late]);
  } finally {
    clearTimeout(timer);
  }
}
