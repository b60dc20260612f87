import { z } from "zod";
import { type Issue, issue } from "../issue.ts";

/** Every code of the OCI error envelope (OCI Distribution 1.1, "Error codes"): a closed list, which clients branch on. */
export const ociErrorCode = z.enum([
  "BLOB_UNKNOWN",
  "BLOB_UPLOAD_INVALID",
  "BLOB_UPLOAD_UNKNOWN",
  "DIGEST_INVALID",
  "MANIFEST_BLOB_UNKNOWN",
  "MANIFEST_INVALID",
  "MANIFEST_UNKNOWN",
  "NAME_INVALID",
  "NAME_UNKNOWN",
  "SIZE_INVALID",
  "UNAUTHORIZED",
  "DENIED",
  "UNSUPPORTED",
  "TOOMANYREQUESTS",
]);
export type OciErrorCode = z.infer<typeof ociErrorCode>;

/** A refusal of an OCI route on its way to the wire. `status` says the HTTP status where the code alone does not. */
export interface OciFailure {
  code: OciErrorCode;
  message: string;
  status?: number;
  /** What was found in a document that was to be registered. */
  issues?: Issue[];
  retryAfterSeconds?: number;
}

/** HTTP status of each code, unless the failure says another. */
export const ociStatus = {
  BLOB_UNKNOWN: 404,
  BLOB_UPLOAD_INVALID: 400,
  BLOB_UPLOAD_UNKNOWN: 404,
  DIGEST_INVALID: 400,
  MANIFEST_BLOB_UNKNOWN: 404,
  MANIFEST_INVALID: 400,
  MANIFEST_UNKNOWN: 404,
  NAME_INVALID: 400,
  NAME_UNKNOWN: 404,
  SIZE_INVALID: 400,
  UNAUTHORIZED: 401,
  DENIED: 403,
  UNSUPPORTED: 405,
  TOOMANYREQUESTS: 429,
} as const satisfies Record<OciErrorCode, number>;

/** The envelope itself. */
export const ociErrors = z.object({
  errors: z.array(z.object({ code: ociErrorCode, message: z.string() })),
  /** Ours, beside the specification's: the issues that refused a registration. */
  issues: z.array(issue).optional(),
});
