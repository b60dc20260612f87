import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { CallFailure } from "../../client/call-failure.ts";
import { readFailure } from "../../client/read-failure.ts";
import { readRetryAfter } from "../../client/retry-delay.ts";
import { unreachableText } from "../../client/send-once.ts";
import { type ImportAnswer, importAnswer, importLayout, layoutMediaType } from "../../contract/http/layout.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { standardInput } from "../find-files.ts";
import type { Settings } from "../settings/read-settings.ts";

/** An archive to send. */
export interface LayoutSource {
  bytes: AsyncIterable<Uint8Array>;
  /** Null where it is not known. */
  sizeBytes: number | null;
}

/** Opens an archive of this machine, or standard input. */
export async function openLayout(path: string): Promise<LayoutSource> {
  if (path === standardInput) return { bytes: process.stdin, sizeBytes: null };
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CommandRefusal(
      cause.code === "ENOENT" ? `${path} does not exist` : `${path} cannot be read: ${cause.message}`,
    );
  });
  if (!facts.isFile()) {
    throw new CommandRefusal(
      `${path} is no file; give a tar, as \`callsheet export\` writes it (tar -cf layout.tar -C folder .)`,
    );
  }
  return { bytes: createReadStream(path, { highWaterMark: 1024 * 1024 }), sizeBytes: facts.size };
}

/** Sends an archive as it is read, and answers what was made of it. Sending it again changes nothing. */
export async function sendLayout(
  { url, token }: Settings,
  source: LayoutSource,
  repository: string | undefined,
  onProgress: (sentBytes: number) => void,
): Promise<ImportAnswer> {
  const query = repository === undefined ? "" : `?${new URLSearchParams({ repository })}`;
  const told: Record<string, string> = { accept: "application/json", "content-type": layoutMediaType };
  if (token !== null) told.authorization = `Bearer ${token}`;
  const body = streamOf(counted(source.bytes, onProgress));
  // The fetch standard wants `duplex` with a stream; not every declaration of RequestInit knows it.
  const init = { method: importLayout.method, headers: told, body, duplex: "half" as const };
  let response: Response;
  try {
    response = await fetch(`${url}${importLayout.path}${query}`, init);
  } catch (cause) {
    throw new CallFailure(unreachableText(url, cause), { kind: "unreachable" }, cause);
  }
  const text = await response.text();
  const { status, headers } = response;
  if (!response.ok) {
    throw readFailure(url, { status, headers, text }, readRetryAfter(headers.get("retry-after"), Date.now()));
  }
  const parsed = importAnswer.safeParse(readJson(text));
  if (parsed.success) return parsed.data;
  const message = `${url} answered an import with a body that is not what the contract says; is it a Callsheet registry of this release?`;
  throw new CallFailure(message, { kind: "unreadable", status }, parsed.error);
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  onProgress: (sentBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const piece of bytes) {
    sent += piece.byteLength;
    onProgress(sent);
    yield piece;
  }
}

/** Read as fast as it is sent. */
function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
