import { z } from "zod";
import { keptProgress } from "../../domain/announcement/listener-progress.ts";
import type { ListeningFilter } from "./listening-filter.ts";

/** Close codes of listeners (RFC 6455 section 7.4, IANA): come back, and to where is in the reason. */
export const closeCodes = { comeBack: 1013 } as const;

/**
 * What lies with a listener's socket. Cloudflare keeps 2 KiB with each: filters, which may be longer, lie in the hub's storage, and those who ask for
 * the same share one.
 */
export const keptListener = z.object({
  filterKey: z.string(),
  /** It was told of everything up to this, or up to what the hub has told of where that is more and it is live. */
  position: z.int(),
  isLive: z.boolean(),
  until: z.number().nullable(),
  progress: keptProgress,
});
export type KeptListener = z.infer<typeof keptListener>;

/** One listener's connection. A line that is gone is found out by its closing, so nothing here throws. */
export interface ChangeSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
  keep(listener: KeptListener): void;
}

/** What a hub keeps beside the sockets of its listeners. */
export interface ListeningStore {
  keepFilter(key: string, filter: ListeningFilter): void;
  dropFilter(key: string): void;
  filters(): Map<string, ListeningFilter>;
  /** Up to which change those who are live were told; null: none ever was. */
  delivered(): number | null;
  keepDelivered(seq: number): void;
}
