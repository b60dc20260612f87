import type { OciFailure } from "../../contract/oci/failure.ts";
import type { Manifest } from "../../domain/oci/manifest-facts.ts";
import type { Result } from "../../domain/result.ts";

/**
 * What the keeper of one repository is asked for: the Registrar of the artifact in a typed repository, one of its own for any other.
 * Every write of a repository passes through it, so what it remembers is true: answers are as new as the last acknowledged write.
 */
export interface RepositoryCalls {
  /** The manifest that a tag or digest names. Null: there is none. */
  findManifest(repository: string, reference: string): Promise<FoundManifest | null>;
  /** A blob of this repository. `touch`: who asks may be about to refer to it, so it must not be swept soon. */
  findBlob(repository: string, digest: string, touch: boolean): Promise<{ sizeBytes: number } | null>;
  /** Tags after `last` (of an artifact: its versions too), in the order of their bytes. Null: nothing was ever pushed there. */
  listTags(repository: string, slice: { last: string; limit: number }): Promise<string[] | null>;
  /** Whether anything was ever pushed. */
  isKnown(repository: string): Promise<boolean>;
  /** Gives every version of the repository's artifact a manifest: those of before there were any have none. */
  completeManifests(repository: string): Promise<void>;

  /** Stores a manifest of a plain repository, or one without a tag; its bytes are in R2 already. */
  putManifest(put: ManifestPut, by: string): Promise<Result<{ digest: string }, OciFailure>>;
  deleteManifest(repository: string, digest: string, by: string): Promise<Result<Deletion, OciFailure>>;
  deleteTag(repository: string, tag: string, by: string): Promise<Result<Deletion, OciFailure>>;

  /**
   * Makes a blob, whose bytes are in R2 already, part of the repository; ends the upload session that it came by. False while a sweep
   * removes these very bytes: they must be put again.
   */
  linkBlob(repository: string, blob: { digest: string; sizeBytes: number }, uploadId: string | null): Promise<boolean>;
  /** Takes a blob out of the repository. One that a manifest refers to is refused. */
  deleteBlob(repository: string, digest: string): Promise<Result<null, OciFailure>>;
  /** Takes those of these blobs out of the repository that no manifest refers to and nobody touched since `before`. Answers which. */
  dropUnused(repository: string, digests: string[], before: string): Promise<string[]>;

  /** What is there of an upload. Null: nothing yet, if there is such an upload at all: its id says that. */
  findUpload(repository: string, id: string): Promise<UploadSession | null>;
  /** The chunks of a session that is open, in order; none when there is no such session. */
  listChunks(repository: string, id: string): Promise<UploadChunk[]>;
  /** Notes a chunk that lies in R2. Null: the session has ended; an offset other than the session's is not taken. */
  addChunk(repository: string, id: string, chunk: UploadChunk): Promise<{ taken: boolean; sizeBytes: number } | null>;
  /** Cancels a session; answers the R2 keys of its chunks, for the caller to remove. Null: it has ended. */
  endUpload(repository: string, id: string): Promise<string[] | null>;
}

/** A manifest on its way into a plain repository. */
export interface ManifestPut {
  repository: string;
  manifest: Omit<Manifest, "bytes">;
  /** Tags to set on it. */
  tags: string[];
}

/** A manifest or tag is gone. `seq`: its artifact's announcement; null where no artifact changed. */
export interface Deletion {
  seq: number | null;
}

/** A manifest as it is served. */
export interface FoundManifest {
  digest: string;
  mediaType: string;
  sizeBytes: number;
  /** Null when it is too large to be kept in memory: it is in R2. */
  bytes: Uint8Array | null;
  /** Of a deprecated version: what to say in a `Warning` header. */
  warning: string | null;
}

/** An upload under way. */
export interface UploadSession {
  sizeBytes: number;
  chunks: number;
  /** How it ended: as the blob of a digest, so that a client whose answer was lost may complete it again. Null: it is open. */
  ended: { how: "cancelled" } | { how: "completed"; digest: string } | null;
}

/** Bytes of an upload, as they came in one request. */
export interface UploadChunk {
  offset: number;
  sizeBytes: number;
  /** Where R2 has them. */
  key: string;
}

/** Finds the keeper of a repository. */
export type Repositories = (repository: string) => RepositoryCalls;
