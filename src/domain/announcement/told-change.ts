import type { ChangeEvent, ToListener } from "../../contract/announcement/change-event.ts";

/** How a listener is told: JSON messages of its WebSocket, or pieces of a stream of server-sent events (WHATWG HTML). */
export type ToldAs = "messages" | "stream";

/** A change, and its texts: made once, for all listeners. JSON has no line breaks of its own, so that `data` of a stream is one line. */
export class ToldChange {
  readonly change: ChangeEvent;
  readonly json: string;

  constructor(change: ChangeEvent) {
    this.change = change;
    this.json = JSON.stringify(change);
  }
}

/** How each way of telling writes. A stream's ids are what `Last-Event-ID` sends back. */
export const writers = {
  messages: {
    changes: (told) => `{"message":"changes","changes":[${told.map(({ json }) => json).join()}]}`,
    check: (seq) => message({ message: "check", seq }),
    stillHere: (seq) => message({ message: "still_here", seq }),
  },
  stream: {
    changes: (told) =>
      told.map(({ change, json }) => `id: ${change.seq}\nevent: ${change.type}\ndata: ${json}\n\n`).join(""),
    check: (seq) => `${streamCheck}${seq}\n\n`,
    stillHere: (seq) => `: still here ${seq}\nid: ${seq}\n\n`,
  },
} as const satisfies Record<
  ToldAs,
  {
    changes: (told: readonly ToldChange[]) => string;
    check: (seq: number) => string;
    stillHere: (seq: number) => string;
  }
>;

/** What a `check` begins with in a stream: who passes the stream on answers it, and nobody else sees it. */
export const streamCheck = ": check ";

function message(told: ToListener): string {
  return JSON.stringify(told);
}

/** Changes as they are sent: many at once, so that a hub that has much to tell sends few messages, but none that is too large. */
export function batchesOf(page: readonly ChangeEvent[], most: number): ToldChange[][] {
  const batches: ToldChange[][] = [];
  let length = 0;
  for (const change of page) {
    const told = new ToldChange(change);
    const last = batches.at(-1);
    if (last !== undefined && last.length < most && length + told.json.length <= batchLength) last.push(told);
    else {
      batches.push([told]);
      length = 0;
    }
    length += told.json.length;
  }
  return batches;
}

/** Characters of one message; Cloudflare takes 1 MiB, and a character is at most three bytes. */
const batchLength = 256 * 1024;
