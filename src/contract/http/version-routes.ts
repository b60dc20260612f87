import { z } from "zod";
import { changeAnswer, versionList } from "../artifact/resolved.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import type { Collection } from "./collection.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const failures = [
  "INVALID_REQUEST",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NAME_NOT_FOUND",
  "VERSION_NOT_FOUND",
  "VERSION_DELETED",
  "STATE_CONFLICT",
  "UNAVAILABLE",
] as const;
const message = z.string().min(1).max(2000);

/** Body of `:deprecate`. */
export const deprecation = z.strictObject({
  message: message.optional(),
  successor: z.string().min(1).max(300).optional(),
  sunset: z.iso.datetime().optional(),
});
export type Deprecation = z.infer<typeof deprecation>;

/** Body of `:yank` and of `:restore`. */
export const reasonBody = z.strictObject({ message: message.optional() });

/** Routes of the versions of one kind of artifact. */
export function versionRoutes(of: Collection) {
  const versionParams = z.strictObject({ name: of.name, version });
  return {
    list: route({
      operationId: `list${of.Noun}Versions`,
      method: "GET",
      path: `${of.path}/{name}/versions`,
      tag: "Versions",
      summary: `Versions of a ${of.kind}, highest first`,
      access: "read",
      params: z.strictObject({ name: of.name }),
      query: z.strictObject({ limit: pageLimit, cursor }),
      answers: { 200: { description: "A page of versions, and all tags", schema: versionList } },
      failures: ["INVALID_REQUEST", "NAME_NOT_FOUND", "SEQ_NOT_REACHED", "UNAVAILABLE"],
    }),

    remove: route({
      operationId: `delete${of.Noun}Version`,
      method: "DELETE",
      path: `${of.path}/{name}/versions/{version}`,
      tag: "Versions",
      summary: "Delete a version",
      description: "Its document is gone; its number can never be published again.",
      access: "publish",
      params: versionParams,
      query: z.strictObject({ message: message.optional() }),
      answers: { 200: { description: "Deleted, now or before", schema: changeAnswer } },
      failures,
    }),

    deprecate: route({
      operationId: `deprecate${of.Noun}Version`,
      method: "POST",
      path: `${of.path}/{name}/versions/{version}:deprecate`,
      tag: "Versions",
      summary: "Deprecate a version",
      description:
        "It stays resolvable; answers carry Deprecation, Sunset and successor-version headers (RFC 9745, RFC 8594).",
      access: "publish",
      params: versionParams,
      body: { as: "json", schema: deprecation, limitBytes: limits.requestBytes, isOptional: true },
      answers: { 200: { description: "Deprecated", schema: changeAnswer } },
      failures,
    }),

    yank: route({
      operationId: `yank${of.Noun}Version`,
      method: "POST",
      path: `${of.path}/{name}/versions/{version}:yank`,
      tag: "Versions",
      summary: "Yank a version",
      description: "Ranges and tags no longer choose it; its exact version and its digest are still served.",
      access: "publish",
      params: versionParams,
      body: { as: "json", schema: reasonBody, limitBytes: limits.requestBytes, isOptional: true },
      answers: { 200: { description: "Yanked", schema: changeAnswer } },
      failures,
    }),

    restore: route({
      operationId: `restore${of.Noun}Version`,
      method: "POST",
      path: `${of.path}/{name}/versions/{version}:restore`,
      tag: "Versions",
      summary: "Make a deprecated or yanked version live again",
      access: "publish",
      params: versionParams,
      body: { as: "json", schema: reasonBody, limitBytes: limits.requestBytes, isOptional: true },
      answers: { 200: { description: "Live", schema: changeAnswer } },
      failures,
    }),
  };
}
