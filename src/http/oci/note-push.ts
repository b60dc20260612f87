import type { OciErrorCode } from "../../contract/oci/failure.ts";
import type { PushOperation } from "../../domain/oci/audited-push.ts";
import { sealSoon } from "../../operations/access/seal-soon.ts";
import type { Needs } from "../needs.ts";
import { actorOf, isKnown, noteLater, refuseAct } from "../note-act.ts";
import type { OciPath } from "./oci-path.ts";

/** How the log and metrics call what a path asks for. */
const routes = {
  base: "/v2/",
  token: "/v2/token",
  catalog: "/v2/_catalog",
  manifest: "/v2/{repository}/manifests/{reference}",
  blob: "/v2/{repository}/blobs/{digest}",
  uploads: "/v2/{repository}/blobs/uploads/",
  upload: "/v2/{repository}/blobs/uploads/{id}",
  tags: "/v2/{repository}/tags/list",
  referrers: "/v2/{repository}/referrers/{digest}",
} as const satisfies Record<OciPath["type"], string>;

const codes = new Map<number, OciErrorCode>([
  [401, "UNAUTHORIZED"],
  [403, "DENIED"],
  [429, "TOOMANYREQUESTS"],
]);

/**
 * Notes what came of a request to `/v2/`: for the log and metrics; and in the audit log where no commit did so: blobs that came or went (their
 * bytes have digests, so nobody waits for the entry), and what a known caller was refused.
 */
export function notePush(needs: Needs, request: Request, path: OciPath | null, response: Response): Response {
  const { status } = response;
  if (path === null) return response;
  needs.notes.route = routes[path.type];
  needs.notes.code = codes.get(status) ?? null;
  const repository = "repository" in path ? path.repository : null;
  if (status === 403 && isKnown(needs)) {
    const act = { actor: actorOf(needs), operation: `${request.method} ${routes[path.type]}`, subject: repository };
    refuseAct(needs, { ...act, origin: needs.origin }, "the token does not allow this here");
  }
  const blob = repository === null ? null : changedBlob(request.method, path, response);
  if (repository !== null && blob !== null) noteBlob(needs, repository, blob);
  // What is a manifest's was audited by its commit.
  if (path.type === "manifest" && (status === 201 || status === 202))
    sealSoon(needs.db, needs.later, needs.now().getTime());
  return response;
}

interface ChangedBlob {
  operation: PushOperation;
  digest: string;
}

/** The blob that came, sent or mounted, or that was taken out; null: none. */
function changedBlob(method: string, path: OciPath, { status, headers }: Response): ChangedBlob | null {
  if (path.type === "blob" && method === "DELETE" && status === 202)
    return { operation: "blob.deleted", digest: path.digest };
  const digest = headers.get("Docker-Content-Digest");
  const isUpload = path.type === "uploads" || path.type === "upload";
  return isUpload && status === 201 && digest !== null ? { operation: "blob.pushed", digest } : null;
}

function noteBlob(needs: Needs, repository: string, { operation, digest }: ChangedBlob): void {
  noteLater(needs, { actor: actorOf(needs), operation, subject: `${repository}@${digest}`, origin: needs.origin });
}
