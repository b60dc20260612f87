import { type ExecuteError, executeAnswer, executeError } from "../../../contract/agent/json-rpc.ts";
import { type BadJson, findBadJson } from "../../document/find-bad-json.ts";
import { isMap, type JsonValue, own } from "../../document/json-value.ts";
import { childPointer } from "../../pointer.ts";
import { quote } from "../../template/value/show-value.ts";
import { type AgentFailure, agentFailure } from "./agent-outcome.ts";
import { failureOfError } from "./failure-of-error.ts";
import { failureOfStatus, type HttpAnswer } from "./failure-of-status.ts";

/** What an answer is read by. `who`: like `agent build-agent@1.0.0`; `key`: the id of the request. */
export interface AskedAgent {
  who: string;
  skill: string;
  key: string;
  nowMs: number;
}

/**
 * Reads what an agent answered, whatever it is: the result of JSON-RPC 2.0, or a failure. An error of JSON-RPC counts whatever its status is;
 * else a status other than 2xx does.
 */
export function readAgentAnswer(asked: AskedAgent, answer: HttpAnswer): { ok: true; result: JsonValue } | AgentFailure {
  const read = readEnvelope(answer, asked.key);
  if (read.kind === "error") return failureOfError(asked, read.error, answer);
  if (answer.status < 200 || answer.status > 299) return failureOfStatus(asked.who, answer, asked.nowMs);
  if (read.kind === "unreadable") return unreadable(asked, answer, read.why);
  const { result } = read;
  const bad = findBadJson(result) ?? findHugeNumber(result);
  if (bad === null) return { ok: true, result };
  return unreadable(
    asked,
    answer,
    `of its result${bad.path === "" ? "" : ` at ${bad.path.slice(0, 200)}`}, ${bad.why}`,
  );
}

function unreadable(asked: AskedAgent, answer: HttpAnswer, why: string): AgentFailure {
  const message = `${asked.who} gave no answer to ${asked.skill} that can be read: ${why}`;
  return agentFailure({ class: "validation", code: "invalid_outputs", message, detail: answer.text });
}

type Envelope =
  | { kind: "result"; result: JsonValue }
  | { kind: "error"; error: ExecuteError }
  | { kind: "unreadable"; why: string };

const cannot = (why: string): Envelope => ({ kind: "unreadable", why });

function readEnvelope({ mediaType, text }: HttpAnswer, key: string): Envelope {
  if (mediaType === null || !jsonType.test(mediaType))
    return cannot(
      `it is ${mediaType === null ? "of a type that is not told" : quote(mediaType)}, not application/json`,
    );
  if (text === null) return cannot("its bytes are no UTF-8");
  const value = parse(text);
  if (value === undefined) return cannot("it is no JSON");
  if (!isMap(value))
    return cannot(`it is ${Array.isArray(value) ? "a list" : "a single value"}, not an answer of JSON-RPC 2.0`);
  const given = executeAnswer.safeParse(value);
  if (!given.success) return cannot('it is no answer of JSON-RPC 2.0: that has "jsonrpc": "2.0" and an id');
  const { id } = given.data;
  const [result, error] = [own(value, "result"), own(value, "error")];
  // Some tools write null for the one that it is not.
  const isError = error !== undefined && error !== null;
  if (id !== key && !(id === null && isError)) return cannot(`it answers the request ${quote(`${id}`)}, not ours`);
  if (isError && result !== undefined && result !== null) return cannot("it has both a result and an error");
  if (!isError)
    return result === undefined ? cannot("it has neither a result nor an error") : { kind: "result", result };
  const told = executeError.safeParse(error);
  return told.success ? { kind: "error", error: told.data } : cannot("its error has no code and message");
}

const jsonType = /^application\/(json|[a-z0-9.+-]+\+json|json-?rpc|jsonrequest)$/;

/** Undefined where it is no JSON. */
function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** 1e999 reads as Infinity, which no JSON can tell again. */
function findHugeNumber(value: JsonValue): BadJson | null {
  if (typeof value === "number" && !Number.isFinite(value))
    return { path: "", why: "it holds a number that is too large" };
  if (typeof value !== "object" || value === null) return null;
  const members: Iterable<[string | number, JsonValue]> = Array.isArray(value)
    ? value.entries()
    : Object.entries(value);
  for (const [key, member] of members) {
    const found = findHugeNumber(member);
    if (found !== null) return { path: `${childPointer("", key)}${found.path}`, why: found.why };
  }
  return null;
}
