import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";
import { version } from "../artifact/version.ts";
import { limits } from "../limits.ts";
import { ociDigest } from "../oci/digest.ts";
import { ociTag, repositoryName } from "../oci/name.ts";
import { route } from "./route.ts";

/** The media type of exports. */
export const layoutMediaType = "application/x-tar";

/** What was made of one thing in an image layout. */
export const importResult = z
  .object({
    /** An artifact's version with its tags; the state of one; or a manifest that is no artifact, with its tags. */
    what: z.enum(["version", "state", "manifest"]),
    repository: z.string().nullable(),
    version: version.nullable(),
    tags: z.array(ociTag),
    digest: ociDigest,
    status: z.enum(["created", "unchanged", "rejected"]),
    /** Why it was rejected: a code of this API or of OCI; null otherwise. */
    code: z.string().nullable(),
    message: z.string().nullable(),
  })
  .meta({ id: "ImportResult" });
export type ImportResult = z.infer<typeof importResult>;

export const importAnswer = z
  .object({
    results: z.array(importResult),
    counts: z.object({ created: z.int(), unchanged: z.int(), rejected: z.int() }),
    /** Blobs that the archive had, manifests among them. */
    blobs: z.int(),
  })
  .meta({ id: "ImportAnswer" });
export type ImportAnswer = z.infer<typeof importAnswer>;

export const exportLayout = route({
  operationId: "exportLayout",
  method: "GET",
  path: "/v1/export",
  tag: "Registry",
  summary: "The registry, or a part of it, as one OCI image layout",
  description:
    "A tar that OCI tools read, and that `POST /v1/import` makes the same names, versions, tags and states of. The same content always gives the same bytes.",
  access: "admin",
  time: "long",
  query: z.strictObject({
    kind: artifactKind.optional(),
    /** With `kind`: that artifact only. */
    name: z.string().min(1).max(limits.repositoryLength).optional(),
    repository: repositoryName.optional(),
  }),
  answers: { 200: { description: "The image layout", mediaType: layoutMediaType } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "NAME_NOT_FOUND", "LIMIT_REACHED", "UNAVAILABLE"],
});

export const importLayout = route({
  operationId: "importLayout",
  method: "POST",
  path: "/v1/import",
  tag: "Registry",
  summary: "Take in an OCI image layout",
  description:
    "The archive comes as it is, uncompressed. Nothing is visible before all of it was read; then each manifest is pushed as `/v2/` would take it. What is refused is told, and the rest goes on; again is the same as once.",
  access: "admin",
  query: z.strictObject({
    /** Where that goes which does not say so itself: layouts of other tools. */
    repository: repositoryName.optional(),
  }),
  body: { as: "bytes", limitBytes: limits.layoutBytes },
  answers: { 200: { description: "What was made of each thing", schema: importAnswer } },
  failures: [
    "INVALID_REQUEST",
    "INVALID_DOCUMENT",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "BODY_TOO_LARGE",
    "UNSUPPORTED_MEDIA_TYPE",
    "UNAVAILABLE",
  ],
});
