import { type ExecuteRequest, executeMethod, executePath } from "../../contract/agent/json-rpc.ts";
import { limits } from "../../contract/limits.ts";
import { type AgentFailure, agentFailure } from "../../domain/agent/call/agent-outcome.ts";
import type { HttpAnswer } from "../../domain/agent/call/failure-of-status.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { Fetch } from "./ask-agent.ts";
import type { AgentCall } from "./call-agent.ts";

/** Sends one call and reads the whole answer, within the call's time and `limits.agentAnswerBytes`. Redirects are not followed. */
export async function callAgentByHttp(
  fetch: Fetch,
  who: string,
  call: AgentCall,
  credentials: Readonly<Record<string, string>>,
): Promise<Result<HttpAnswer, AgentFailure>> {
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), Math.max(1, call.timeoutMs));
  try {
    const response = await fetch(`${call.agent.url.replace(/\/+$/, "")}${executePath}`, {
      method: "POST",
      redirect: "manual",
      signal: stopping.signal,
      headers: { ...credentials, ...headersOf(call) },
      body: JSON.stringify(requestOf(call)),
    });
    const body = await readBody(response.body, stopping.signal);
    if (body === "too_large") return refusal(tooLarge(who, call));
    return success({ ...headOf(response), text: body });
  } catch {
    // Why a connection failed differs between runtimes, and may tell of the network: that it did is what counts.
    const message = stopping.signal.aborted
      ? `${who} did not answer ${call.agent.skill} within ${call.timeoutMs / 1000} s`
      : `${who} could not be reached, or broke off: ${call.agent.url} gave no whole answer`;
    return refusal(agentFailure({ class: "transient", code: "agent_unreachable", message }, { isAnswered: false }));
  } finally {
    clearTimeout(timer);
  }
}

function headersOf({ key, runId }: AgentCall): Record<string, string> {
  return {
    "Content-Type": "application/json",
    Accept: "application/json",
    "User-Agent": "callsheet",
    "Idempotency-Key": key,
    "X-Request-Id": runId,
  };
}

function requestOf({ agent, inputs, key, runId, step }: AgentCall): Record<keyof ExecuteRequest, unknown> {
  const metadata = { run_id: runId, step };
  return { jsonrpc: "2.0", id: key, method: executeMethod, params: { skill: agent.skill, inputs, metadata } };
}

function headOf({ status, headers }: Response): Omit<HttpAnswer, "text"> {
  const mediaType = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? null;
  return { status, mediaType, retryAfter: headers.get("retry-after") };
}

/** A body as text; null where its bytes are no UTF-8. Rejects when it breaks off, and when time is up, whatever the stream does then. */
async function readBody(body: Response["body"], signal: AbortSignal): Promise<string | null | "too_large"> {
  if (body === null) return "";
  const reader = body.getReader();
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("time is up")), { once: true });
  });
  late.catch(() => undefined);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  const parts: string[] = [];
  let bytes = 0;
  let isText = true;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      bytes += value?.byteLength ?? 0;
      if (bytes > limits.agentAnswerBytes) return "too_large";
      isText = isText && decode(decoder, value, parts);
      if (done) return isText ? parts.join("") : null;
    }
  } finally {
    // Nobody waits for an agent that takes its time to stop.
    reader.cancel().catch(() => undefined);
  }
}

function decode(decoder: TextDecoder, value: Uint8Array | undefined, parts: string[]): boolean {
  try {
    parts.push(value === undefined ? decoder.decode() : decoder.decode(value, { stream: true }));
    return true;
  } catch {
    return false;
  }
}

function tooLarge(who: string, { agent }: AgentCall): AgentFailure {
  const mebibytes = limits.agentAnswerBytes / 1024 / 1024;
  const message = `${who} gave more than ${mebibytes} MiB for ${agent.skill}: large results are files, named by digest (POST /v1/files)`;
  return agentFailure({ class: "validation", code: "invalid_outputs", message });
}
