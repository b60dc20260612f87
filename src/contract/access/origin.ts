import { z } from "zod";

/** Where a change comes from, beside who makes it: what the audit log has of it. */
export const origin = z.object({
  /** Null: no request of this registry asked for it. */
  request_id: z.string().nullable(),
  token_id: z.string().nullable(),
  /** The address that the request came from; null where none is known. */
  address: z.string().nullable(),
});
export type Origin = z.infer<typeof origin>;

/** Of what the registry does by itself. */
export const ownOrigin: Origin = { request_id: null, token_id: null, address: null };
