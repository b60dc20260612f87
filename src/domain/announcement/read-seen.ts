import { fromListener } from "../../contract/announcement/change-event.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../result.ts";

/** Why a listener is sent away for what it said (RFC 6455 section 7.4). */
export interface BadMessage {
  code: 1008 | 1009;
  reason: string;
}

/** Reads what a listener says: up to which change everything has arrived, which cannot be more than was `sent`. */
export function readSeen(message: string | ArrayBuffer, sent: number): Result<number, BadMessage> {
  if (typeof message !== "string") return refusal({ code: 1008, reason: "messages are JSON text, not binary" });
  if (message.length > limits.listenerMessageBytes)
    return refusal({ code: 1009, reason: `a message has at most ${limits.listenerMessageBytes} characters` });
  const parsed = fromListener.safeParse(parseJson(message));
  if (!parsed.success) return refusal({ code: 1008, reason: 'the one message is {"message": "seen", "seq": n}' });
  const { seq } = parsed.data;
  return seq <= sent ? success(seq) : refusal({ code: 1008, reason: `seen ${seq}, but only ${sent} was sent` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
