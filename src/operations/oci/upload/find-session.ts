import type { Repositories, UploadSession } from "../../../bindings/durable/repository.ts";
import type { OciFailure } from "../../../contract/oci/failure.ts";
import type { UploadIds } from "../../../domain/oci/upload-id.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";

/** What looking for a session works with. */
export interface SessionNeeds {
  repositories: Repositories;
  uploadIds: UploadIds;
  now: () => Date;
}

/** A refusal that concerns an upload session. */
export interface UploadFailure extends OciFailure {
  /** How much of the upload is there, so that its sender can go on; absent where there is no such session. */
  sizeBytes?: number;
}

const nothingYet: UploadSession = { sizeBytes: 0, chunks: 0, ended: null };

/** A session, be it one that has ended; null when no such session was begun, or too long ago. */
export async function loadSession(
  { repositories, uploadIds, now }: SessionNeeds,
  repository: string,
  id: string,
): Promise<UploadSession | null> {
  if (!uploadIds.isOpen(repository, id, now())) return null;
  return (await repositories(repository).findUpload(repository, id)) ?? nothingYet;
}

/** A session that takes bytes. */
export async function findSession(
  needs: SessionNeeds,
  repository: string,
  id: string,
): Promise<Result<UploadSession, UploadFailure>> {
  const session = await loadSession(needs, repository, id);
  return session === null || session.ended !== null ? uploadUnknown(repository, id) : success(session);
}

export function uploadUnknown(repository: string, id: string): { ok: false; failure: UploadFailure } {
  const upload = `${repository} has no upload ${id.slice(0, 80)}`;
  const message = `${upload}: it was completed or cancelled, or is older than a day; begin another with POST /v2/${repository}/blobs/uploads/`;
  return refusal({ code: "BLOB_UPLOAD_UNKNOWN", message });
}
