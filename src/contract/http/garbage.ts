import { z } from "zod";
import { cursor } from "./query.ts";
import { route } from "./route.ts";

const blobCount = z.object({ blobs: z.int(), size_bytes: z.int() });

/** A slice of a collection; call again with `next_cursor` until it is null, and add up. */
export const garbageAnswer = z
  .object({
    checked: z.int().describe("Blobs of repositories, then stored bytes, that this slice looked at"),
    repositories: z
      .array(blobCount.extend({ repository: z.string() }))
      .describe("Blobs that no manifest of their repository refers to and nobody asked for within the grace"),
    storage: blobCount.describe("Stored bytes that nothing in the registry names"),
    kept: blobCount.describe("Garbage of both sorts that is younger than the grace and stays"),
    grace_seconds: z.int(),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "GarbageAnswer" });
export type GarbageAnswer = z.infer<typeof garbageAnswer>;

export const previewGarbage = route({
  operationId: "previewGarbage",
  method: "GET",
  path: "/v1/admin/gc",
  tag: "Registry",
  summary: "What garbage collection would remove now",
  access: "admin",
  time: "long",
  query: z.strictObject({ cursor }),
  answers: { 200: { description: "What would go in this slice", schema: garbageAnswer } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});

export const collectGarbage = route({
  operationId: "collectGarbage",
  method: "POST",
  path: "/v1/admin/gc",
  tag: "Registry",
  summary: "Remove now what cron would remove little by little: blobs and bytes that nothing needs",
  access: "admin",
  time: "long",
  query: z.strictObject({ cursor }),
  answers: { 200: { description: "What went in this slice", schema: garbageAnswer } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});
