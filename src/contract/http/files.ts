import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { file, fileName, mediaType } from "../file/file.ts";
import { upload, uploadId, uploadRequest } from "../file/upload.ts";
import { limits } from "../limits.ts";
import { runId } from "../run/run-id.ts";
import { decimal } from "./query.ts";
import { route, signature } from "./route.ts";

const uploadParams = z.strictObject({ upload_id: uploadId });
const writeFailures = [
  "INVALID_REQUEST",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "DIGEST_MISMATCH",
  "BODY_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "UNAVAILABLE",
] as const;
const uploadFailures = [...writeFailures, "UPLOAD_NOT_FOUND"] as const;

export const sendFile = route({
  operationId: "sendFile",
  method: "POST",
  path: "/v1/files",
  tag: "Files",
  summary: "Store a file",
  description:
    "The body is the file itself, streamed. With `digest` the bytes must have it. The same bytes are stored once. Files over the limit go through /v1/uploads.",
  access: "run",
  /** A runner's right to send files of one run. */
  signedFor: "run_files",
  query: z.strictObject({
    digest: digest.optional(),
    name: fileName.optional(),
    media_type: mediaType.optional(),
    run_id: runId.optional(),
    ...signature,
  }),
  body: { as: "bytes", limitBytes: limits.fileRequestBytes },
  answers: {
    201: { description: "Stored; Location names it", schema: file },
    200: { description: "The same bytes were there already", schema: file },
  },
  failures: writeFailures,
});

export const getFile = route({
  operationId: "getFile",
  method: "GET",
  path: "/v1/files/{digest}",
  tag: "Files",
  summary: "A file's bytes",
  description:
    "Takes `Range` (RFC 9110 section 14), answers a strong ETag. `?download=true` names the file as its first sender did.",
  access: "run",
  signedFor: "file",
  params: z.strictObject({ digest }),
  query: z.strictObject({ download: z.enum(["true", "false"]).optional(), ...signature }),
  answers: {
    200: { description: "The bytes", mediaType: "application/octet-stream" },
    206: { description: "A range of them", mediaType: "application/octet-stream" },
    304: { description: "As the caller has it" },
  },
  failures: [
    "INVALID_REQUEST",
    "UNAUTHENTICATED",
    "FORBIDDEN",
    "FILE_NOT_FOUND",
    "RANGE_NOT_SATISFIABLE",
    "UNAVAILABLE",
  ],
});

export const getFileFacts = route({
  operationId: "getFileFacts",
  method: "GET",
  path: "/v1/files/{digest}/facts",
  tag: "Files",
  summary: "Size, media type and name of a file",
  access: "run",
  params: z.strictObject({ digest }),
  answers: { 200: { description: "The facts", schema: file } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "FILE_NOT_FOUND", "UNAVAILABLE"],
});

/** A signed address of a file, for whoever has no token. */
export const signedFile = z
  .object({ url: z.string(), expires_at: z.string() })
  .meta({ id: "SignedFile", description: "An address that gives a file to whoever has it, until it expires." });

export const signFile = route({
  operationId: "signFile",
  method: "POST",
  path: "/v1/files/{digest}:sign",
  tag: "Files",
  summary: "Make an address that gives the file to whoever has it, for a while",
  access: "run",
  params: z.strictObject({ digest }),
  body: {
    as: "json",
    schema: z.strictObject({ expires_in_seconds: z.int().min(10).max(limits.signedUrlSeconds).optional() }),
    limitBytes: limits.requestBytes,
    isOptional: true,
  },
  answers: { 200: { description: "The address", schema: signedFile } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "FILE_NOT_FOUND", "UNAVAILABLE"],
});

export const beginUpload = route({
  operationId: "beginUpload",
  method: "POST",
  path: "/v1/uploads",
  tag: "Files",
  summary: "Begin to send a large file in parts",
  access: "run",
  signedFor: "run_files",
  query: z.strictObject({ run_id: runId.optional(), ...signature }),
  body: { as: "json", schema: uploadRequest, limitBytes: limits.requestBytes },
  answers: {
    201: { description: "Begun; send the parts", schema: upload },
    200: { description: "The file is there already", schema: upload },
  },
  failures: writeFailures,
});

export const getUpload = route({
  operationId: "getUpload",
  method: "GET",
  path: "/v1/uploads/{upload_id}",
  tag: "Files",
  summary: "Which parts of an upload have arrived",
  access: "run",
  signedFor: "upload",
  params: uploadParams,
  query: z.strictObject({ ...signature }),
  answers: { 200: { description: "The upload", schema: upload } },
  failures: uploadFailures,
});

export const sendPart = route({
  operationId: "sendPart",
  method: "PUT",
  path: "/v1/uploads/{upload_id}/parts/{part}",
  tag: "Files",
  summary: "Send a part; sending it again replaces it",
  access: "run",
  // A part is not yet a file; what it becomes leaves an entry.
  audited: "never",
  signedFor: "upload",
  params: z.strictObject({ upload_id: uploadId, part: decimal.pipe(z.int().min(1).max(limits.uploadParts)) }),
  query: z.strictObject({ ...signature }),
  body: { as: "bytes", limitBytes: limits.uploadPartBytes },
  answers: { 200: { description: "The upload, with this part", schema: upload } },
  failures: [...uploadFailures, "STATE_CONFLICT"],
});

export const completeUpload = route({
  operationId: "completeUpload",
  method: "POST",
  path: "/v1/uploads/{upload_id}:complete",
  tag: "Files",
  summary: "Put the parts together; the whole must have the digest that was said",
  access: "run",
  signedFor: "upload",
  params: uploadParams,
  query: z.strictObject({ ...signature }),
  answers: { 200: { description: "The file", schema: file } },
  failures: [...uploadFailures, "STATE_CONFLICT"],
});

export const abandonUpload = route({
  operationId: "abandonUpload",
  method: "DELETE",
  path: "/v1/uploads/{upload_id}",
  tag: "Files",
  summary: "Give an upload up",
  access: "run",
  signedFor: "upload",
  params: uploadParams,
  query: z.strictObject({ ...signature }),
  answers: { 200: { description: "Gone, now or before", schema: z.object({ id: uploadId }) } },
  failures: writeFailures,
});
