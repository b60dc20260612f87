import { limits } from "../../contract/limits.ts";

/** What an answer says is only for people who look: nobody waits for more of it. */
const answerMs = 1000;

/** The first characters of an answer's body, as far as they come at once; null where there are none. The rest is not read. */
export async function readBeginning(body: Response["body"], signal: AbortSignal): Promise<string | null> {
  if (body === null) return null;
  const reader = body.getReader();
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), answerMs);
  signal.addEventListener("abort", () => resolve(null), { once: true });
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < limits.answerLength) {
      const piece = await Promise.race([reader.read(), late]);
      if (piece === null || piece.done) break;
      text += decoder.decode(piece.value.subarray(0, limits.answerLength * 4), { stream: true });
    }
  } catch {
    // It broke off: what came before is told.
  } finally {
    clearTimeout(timer);
    // Nobody waits for a receiver that takes its time to stop.
    reader.cancel().catch(() => undefined);
  }
  const beginning = text.slice(0, limits.answerLength).toWellFormed();
  return beginning === "" ? null : beginning;
}
