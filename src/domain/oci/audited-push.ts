import type { AuditAct } from "../../contract/access/audit.ts";
import type { Origin } from "../../contract/access/origin.ts";

/** Who changes a repository, and where they come from. */
export interface Pusher {
  by: string;
  origin: Origin;
}

/** What can be done to a repository without changing the name of an artifact, as the audit log calls it. */
export type PushOperation =
  | "manifest.pushed"
  | "manifest.deleted"
  | "manifest.untagged"
  | "blob.pushed"
  | "blob.deleted";

/** What the audit log has of it. `reference`: `@sha256:…` or `:tag`, as in `models/weights:v1`. */
export function auditedPush(
  operation: PushOperation,
  { repository, reference, tags = [] }: { repository: string; reference: string; tags?: readonly string[] },
  { by, origin }: Pusher,
  at: string,
): AuditAct {
  return {
    at,
    actor: by,
    token_id: origin.token_id,
    operation,
    subject: `${repository}${reference}`,
    outcome: "done",
    code: null,
    address: origin.address,
    request_id: origin.request_id,
    details: tags.length === 0 ? {} : { tags: [...tags] },
  };
}
