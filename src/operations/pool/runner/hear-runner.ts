import { closeCodes } from "../../../bindings/durable/listener-sockets.ts";
import type { RunnerLink } from "../../../bindings/pool/pool-sockets.ts";
import { limits } from "../../../contract/limits.ts";
import { type FromRunner, fromRunner } from "../../../contract/runner/from-runner.ts";
import { utf8SizeBytes } from "../../../domain/document/utf8-size.ts";
import { takeFailure, takeRelease } from "../ending/take-failure.ts";
import { takeResult } from "../ending/take-result.ts";
import type { OpenPool } from "../open-pool.ts";
import { noteLog, noteProgress, noteStarted } from "../telling/note-work.ts";
import { greetRunner } from "./greet-runner.ts";
import { hearHeartbeat } from "./hear-heartbeat.ts";
import { keepLink } from "./keep-link.ts";
import { type PoolRunner, settleRoom } from "./pool-runner.ts";

/** Hears one message of a runner. What cannot be understood is answered as an error, and hurts nobody else. */
export function hearRunner(pool: OpenPool, socket: WebSocket, link: RunnerLink, text: string | ArrayBuffer): void {
  const understood = understand(text);
  if (!understood.ok) {
    pool.sockets.send(socket, { type: "error", code: understood.code, message: understood.message });
    if (link.runnerId === null) pool.sockets.close(socket, closeCodes.protocol, "the first message must be hello");
    return;
  }
  const { message } = understood;
  if (message.type === "hello") {
    greetRunner(pool, socket, link, message);
    return;
  }
  const runner = link.runnerId === null ? undefined : pool.runners.get(link.runnerId);
  if (runner === undefined || runner.socket !== socket) {
    const told = "the first message on a connection must be hello";
    pool.sockets.send(socket, { type: "error", code: "HELLO_FIRST", message: told });
    pool.sockets.close(socket, closeCodes.protocol, told);
    return;
  }
  hear(pool, runner, message);
}

function hear(pool: OpenPool, runner: PoolRunner, message: Exclude<FromRunner, { type: "hello" }>): void {
  switch (message.type) {
    case "heartbeat":
      hearHeartbeat(pool, runner, message);
      break;
    case "started":
      noteStarted(pool, runner, message);
      break;
    case "progress":
      noteProgress(pool, runner, message);
      break;
    case "log":
      noteLog(pool, runner, message);
      break;
    case "result":
      takeResult(pool, runner, message);
      break;
    case "failure":
      takeFailure(pool, runner, message);
      break;
    case "release":
      takeRelease(pool, runner, message);
      break;
    case "draining":
      drainItself(pool, runner);
      break;
  }
}

/** A runner wants no further jobs. Those that would have gone to it may fit elsewhere. */
function drainItself(pool: OpenPool, runner: PoolRunner): void {
  runner.isDraining = true;
  keepLink(pool, runner);
  settleRoom(runner);
  pool.turns.matchSoon();
}

type Understood = { ok: true; message: FromRunner } | { ok: false; code: string; message: string };

function understand(text: string | ArrayBuffer): Understood {
  if (typeof text !== "string") return misunderstood("BAD_MESSAGE", "messages are JSON text, this one is binary");
  const sizeBytes = utf8SizeBytes(text);
  if (sizeBytes > limits.runnerMessageBytes) {
    const told = `a message has at most ${limits.runnerMessageBytes} bytes, this one ${sizeBytes}; send large outputs as a file and say outputs_digest`;
    return misunderstood("MESSAGE_TOO_LARGE", told);
  }
  try {
    const parsed = fromRunner.safeParse(JSON.parse(text));
    if (parsed.success) return { ok: true, message: parsed.data };
    const told = parsed.error.issues
      .slice(0, 5)
      .map((issue) => `${issue.path.join(".") || "message"}: ${issue.message}`);
    return misunderstood("BAD_MESSAGE", told.join("; ").slice(0, 1000));
  } catch {
    return misunderstood("BAD_MESSAGE", "the message is not JSON");
  }
}

function misunderstood(code: string, message: string): Understood {
  return { ok: false, code, message };
}
