import { z } from "zod";
import { cataloguePage } from "../artifact/catalogue.ts";
import { versionState } from "../artifact/name-index.ts";
import { resolvedArtifact } from "../artifact/resolved.ts";
import { reference, selector } from "../artifact/selector.ts";
import { limits } from "../limits.ts";
import type { Collection } from "./collection.ts";
import { cursor, flag, pageLimit } from "./query.ts";
import { route } from "./route.ts";

/** What every lookup can be refused with. */
export const lookupFailures = [
  "INVALID_REQUEST",
  "NAME_NOT_FOUND",
  "VERSION_NOT_FOUND",
  "VERSION_YANKED",
  "VERSION_DELETED",
  "TAG_NOT_FOUND",
  "SEQ_NOT_REACHED",
  "UNAVAILABLE",
] as const;

/** Routes by which one kind of artifact is listed and looked up. */
export function lookupRoutes(of: Collection) {
  return {
    list: route({
      operationId: `list${of.Plural}`,
      method: "GET",
      path: `${of.path}`,
      tag: of.Plural,
      summary: `List and search ${of.Plural.toLowerCase()}`,
      description:
        "Ordered by name; with `q`, best matches first. A page's `next_cursor` continues exactly after it, whatever is published meanwhile.",
      access: "read",
      query: z.strictObject({
        q: z.string().min(1).max(limits.searchLength).optional(),
        category: z.string().max(50).optional(),
        tag: z.string().max(50).optional(),
        runtime: z.string().max(50).optional(),
        gpu: flag.optional(),
        state: versionState.optional(),
        limit: pageLimit,
        cursor,
      }),
      answers: { 200: { description: "A page of the catalogue", schema: cataloguePage } },
      failures: ["INVALID_REQUEST", "UNAVAILABLE"],
    }),

    get: route({
      operationId: `get${of.Noun}`,
      method: "GET",
      path: `${of.path}/{reference}`,
      tag: of.Plural,
      summary: `Look a ${of.kind} up`,
      description:
        "`name`, `name@1.2.3`, `name@^1`, `name@stable` or `name@sha256:…`. `Accept: application/yaml` answers the source as published. Never older than 5 s; `Callsheet-Min-Seq` asks for newer.",
      access: "read",
      params: z.strictObject({ reference }),
      query: z.strictObject({ version: selector.optional() }),
      answers: {
        200: { description: "The version that the reference means", schema: resolvedArtifact },
        304: { description: "Unchanged since the ETag in If-None-Match" },
      },
      failures: [...lookupFailures, "NOT_ACCEPTABLE"],
    }),
  };
}
