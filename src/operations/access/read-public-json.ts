import type { z } from "zod";
import { limits } from "../../contract/limits.ts";
import { privateHost } from "../../domain/agent/private-host.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { Fetch } from "../agent/ask-agent.ts";

/** What asking other machines for public facts needs. */
export interface ReadPublicNeeds {
  fetch: Fetch;
  /** Whether addresses may be asked that are not public, or not encrypted: on one's own machine only. */
  mayAskPrivate: boolean;
}

/** Why an address must not be asked; null: it may be. */
export function whyNotAsked(url: string, mayAskPrivate: boolean): string | null {
  if (mayAskPrivate) return null;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:") return `${url} is not encrypted; it must begin with https://`;
  return privateHost(hostname);
}

/** JSON of a schema from a public address: small, soon, without a redirect. The refusal says why not. */
export async function readPublicJson<Value>(
  needs: ReadPublicNeeds,
  url: string,
  schema: z.ZodType<Value>,
): Promise<Result<Value, string>> {
  const why = whyNotAsked(url, needs.mayAskPrivate);
  if (why !== null) return refusal(`${url} is not asked: ${why}`);
  const signal = AbortSignal.timeout(limits.issuerAnswerMs);
  try {
    const response = await needs.fetch(url, { redirect: "manual", signal, headers: { Accept: "application/json" } });
    if (response.status !== 200) {
      await response.body?.cancel().catch(() => undefined);
      return refusal(`${url} answered ${response.status}`);
    }
    const text = await readText(response);
    if (text === null) return refusal(`${url} answered more than ${limits.issuerAnswerBytes / 1024} KiB`);
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? success(parsed.data) : refusal(`${url} answered JSON of another shape than is expected`);
  } catch (error) {
    if (error instanceof SyntaxError) return refusal(`${url} did not answer JSON`);
    // Why a connection failed differs between runtimes, and may tell of the network: that it did is what counts.
    return refusal(signal.aborted ? `${url} did not answer in time` : `${url} could not be reached`);
  }
}

/** Null: there is more of it than anyone should send. */
async function readText(response: Response): Promise<string | null> {
  const decoder = new TextDecoder();
  let text = "";
  let sizeBytes = 0;
  for await (const part of response.body ?? []) {
    const bytes: Uint8Array = part;
    sizeBytes += bytes.byteLength;
    if (sizeBytes > limits.issuerAnswerBytes) return null;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
