import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";
import { changeAnswer, tagAnswer } from "../artifact/resolved.ts";
import { tagMove, tagName } from "../artifact/tag.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import type { Collection } from "./collection.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const reason = z.string().min(1).max(2000).optional();
const writeFailures = [
  "INVALID_REQUEST",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NAME_NOT_FOUND",
  "VERSION_NOT_FOUND",
  "VERSION_DELETED",
  "STATE_CONFLICT",
  "TAG_NOT_FOUND",
  "TAG_RESERVED",
  "LIMIT_REACHED",
  "UNAVAILABLE",
] as const;
const readFailures = ["INVALID_REQUEST", "NAME_NOT_FOUND", "TAG_NOT_FOUND", "SEQ_NOT_REACHED", "UNAVAILABLE"] as const;

export const tagList = z
  .object({ kind: artifactKind, name: z.string(), tags: z.array(tagAnswer) })
  .meta({ id: "TagList" });

export const tagHistory = z
  .object({
    kind: artifactKind,
    name: z.string(),
    tag: tagName,
    moves: z.array(tagMove),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "TagHistory" });
export type TagHistory = z.infer<typeof tagHistory>;

/** Body of a tag move. */
export const tagTarget = z.strictObject({ version, reason });

/** Routes of the tags of one kind of artifact. */
export function tagRoutes(of: Collection) {
  const nameParams = z.strictObject({ name: of.name });
  const tagParams = z.strictObject({ name: of.name, tag: tagName });
  return {
    list: route({
      operationId: `list${of.Noun}Tags`,
      method: "GET",
      path: `${of.path}/{name}/tags`,
      tag: "Tags",
      summary: `Tags of a ${of.kind}`,
      access: "read",
      params: nameParams,
      answers: { 200: { description: "All tags, by name", schema: tagList } },
      failures: readFailures,
    }),

    get: route({
      operationId: `get${of.Noun}Tag`,
      method: "GET",
      path: `${of.path}/{name}/tags/{tag}`,
      tag: "Tags",
      summary: "Where a tag points",
      access: "read",
      params: tagParams,
      answers: { 200: { description: "The tag", schema: tagAnswer } },
      failures: readFailures,
    }),

    put: route({
      operationId: `put${of.Noun}Tag`,
      method: "PUT",
      path: `${of.path}/{name}/tags/{tag}`,
      tag: "Tags",
      summary: "Create or move a tag",
      description:
        "Each move is kept in the tag's history; moving back is one more move. `latest` is kept by the registry.",
      access: "publish",
      params: tagParams,
      body: { as: "json", schema: tagTarget, limitBytes: limits.requestBytes },
      answers: { 200: { description: "The tag points at the version", schema: changeAnswer } },
      failures: [...writeFailures, "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"],
    }),

    remove: route({
      operationId: `delete${of.Noun}Tag`,
      method: "DELETE",
      path: `${of.path}/{name}/tags/{tag}`,
      tag: "Tags",
      summary: "Delete a tag",
      access: "publish",
      params: tagParams,
      query: z.strictObject({ reason }),
      answers: { 200: { description: "The tag is gone; its history stays", schema: changeAnswer } },
      failures: writeFailures,
    }),

    history: route({
      operationId: `get${of.Noun}TagHistory`,
      method: "GET",
      path: `${of.path}/{name}/tags/{tag}/history`,
      tag: "Tags",
      summary: "Every move of a tag, newest first",
      access: "read",
      params: tagParams,
      query: z.strictObject({ limit: pageLimit, cursor }),
      answers: { 200: { description: "A page of moves", schema: tagHistory } },
      failures: readFailures,
    }),
  };
}
