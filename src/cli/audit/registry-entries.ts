import type { Client } from "../../client/create-client.ts";
import { isPassing } from "../../client/is-passing.ts";
import { pause } from "../../client/pause.ts";
import { listAudit } from "../../contract/http/audit.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { type EntryLine, entryLines } from "./entry-lines.ts";

const triesWithoutProgress = 6;
/** The registry reads its log in slices; a stream that is silent for so long is broken. */
const silenceMs = 60_000;

/**
 * The registry's whole audit log, oldest first, those entries left out that have no hash yet: they are the last ones. A broken connection is
 * taken up after the last entry.
 */
export async function* registryEntries(client: Client): AsyncGenerator<EntryLine, void, undefined> {
  let after = 0;
  for (let tries = 0; ; tries++) {
    try {
      for await (const found of entryLines(readStream(client, after))) {
        // A line that was cut off in the middle is asked for again.
        if (found.entry === null) throw new Break(new CommandRefusal(cutText(client, after), exitCodes.unavailable));
        if (found.entry.hash === null) continue;
        after = found.entry.seq;
        tries = 0;
        yield found;
      }
      return;
    } catch (error) {
      if (!(error instanceof Break) || tries >= triesWithoutProgress)
        throw error instanceof Break ? error.cause : error;
      await pause(250 * 2 ** tries, undefined);
    }
  }
}

function cutText({ url }: Client, after: number): string {
  return `what ${url} sent after entry ${after} is no entry of an audit log; is it a registry of this release?`;
}

/** The pieces of one connection; a `Break` when they stop coming and may come again. */
async function* readStream(client: Client, after: number): AsyncGenerator<string, void, undefined> {
  const silence = new AbortController();
  const query = after === 0 ? {} : { after_seq: String(after) };
  const headers = { accept: "application/x-ndjson" };
  const response = await client.open(listAudit, { query, headers, signal: silence.signal }).catch((error: unknown) => {
    throw isPassing(error) ? new Break(error) : error;
  });
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const timer = setTimeout(() => silence.abort(new Error("the stream fell silent")), silenceMs);
      const { done, value } = await reader
        .read()
        .catch((error: unknown) => {
          throw new Break(error);
        })
        .finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A connection that broke while entries came. */
class Break extends Error {
  constructor(cause: unknown) {
    super("the connection broke", { cause });
  }
}
