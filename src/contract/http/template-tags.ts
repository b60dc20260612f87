import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";
import { templateName } from "../artifact/name.ts";
import { changeAnswer, tagAnswer } from "../artifact/resolved.ts";
import { tagMove, tagName } from "../artifact/tag.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const nameParams = z.strictObject({ name: templateName });
const tagParams = z.strictObject({ name: templateName, tag: tagName });
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

export const listTemplateTags = route({
  operationId: "listTemplateTags",
  method: "GET",
  path: "/v1/templates/{name}/tags",
  tag: "Tags",
  summary: "Tags of a template",
  access: "read",
  params: nameParams,
  answers: { 200: { description: "All tags, by name", schema: tagList } },
  failures: readFailures,
});

export const getTemplateTag = route({
  operationId: "getTemplateTag",
  method: "GET",
  path: "/v1/templates/{name}/tags/{tag}",
  tag: "Tags",
  summary: "Where a tag points",
  access: "read",
  params: tagParams,
  answers: { 200: { description: "The tag", schema: tagAnswer } },
  failures: readFailures,
});

export const putTemplateTag = route({
  operationId: "putTemplateTag",
  method: "PUT",
  path: "/v1/templates/{name}/tags/{tag}",
  tag: "Tags",
  summary: "Create or move a tag",
  description:
    "Each move is kept in the tag's history; moving back is one more move. `latest` is kept by the registry.",
  access: "publish",
  params: tagParams,
  body: { as: "json", schema: tagTarget, limitBytes: limits.requestBytes },
  answers: { 200: { description: "The tag points at the version", schema: changeAnswer } },
  failures: [...writeFailures, "BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"],
});

export const deleteTemplateTag = route({
  operationId: "deleteTemplateTag",
  method: "DELETE",
  path: "/v1/templates/{name}/tags/{tag}",
  tag: "Tags",
  summary: "Delete a tag",
  access: "publish",
  params: tagParams,
  query: z.strictObject({ reason }),
  answers: { 200: { description: "The tag is gone; its history stays", schema: changeAnswer } },
  failures: writeFailures,
});

export const getTemplateTagHistory = route({
  operationId: "getTemplateTagHistory",
  method: "GET",
  path: "/v1/templates/{name}/tags/{tag}/history",
  tag: "Tags",
  summary: "Every move of a tag, newest first",
  access: "read",
  params: tagParams,
  query: z.strictObject({ limit: pageLimit, cursor }),
  answers: { 200: { description: "A page of moves", schema: tagHistory } },
  failures: readFailures,
});
