import { again } from "../../client/again.ts";
import { CallFailure } from "../../client/call-failure.ts";
import { isPassing } from "../../client/is-passing.ts";
import { pause } from "../../client/pause.ts";
import type { OciClient } from "./oci-client.ts";
import { OciRefusal } from "./oci-refusal.ts";
import type { RememberedUpload } from "./remembered-upload.ts";

/** Bytes to push: where they come from is the caller's affair. */
export interface BlobSource {
  digest: string;
  sizeBytes: number;
  /** Bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface PushBlobOptions {
  /** Told how many bytes are there. */
  onProgress?: (sentBytes: number) => void;
  /** Told when a connection broke and the upload goes on where it was. */
  onBreak?: (failure: Error) => void;
  /** Where an upload is remembered that may be broken off; an upload that was is gone on with. */
  remembered?: RememberedUpload;
  /** Blobs larger than this go in chunks of this; without it, those of more than 64 MiB in chunks of 16 MiB. */
  chunkBytes?: number;
}

/** What is larger goes in chunks, so that what was sent stays sent. */
const wholeBytes = 64 * 1024 * 1024;
const usualChunkBytes = 16 * 1024 * 1024;
const sendTimeoutMs = 600_000;
const triesWithoutProgress = 7;

/** Pushes a blob unless the repository has it; answers whether it was sent. */
export async function pushBlob(
  client: OciClient,
  repository: string,
  source: BlobSource,
  options: PushBlobOptions = {},
): Promise<boolean> {
  const { digest, sizeBytes } = source;
  if (await again(() => isThere(client, repository, digest))) {
    options.remembered?.forget();
    return false;
  }
  if (sizeBytes <= (options.chunkBytes ?? wholeBytes)) {
    const body = await source.read(0, sizeBytes);
    // Bytes under their digest: sent twice is as good as once.
    await again(async () => {
      const location = await beginUpload(client, repository);
      await finishUpload(client, repository, location, digest, body);
    });
    options.onProgress?.(sizeBytes);
    return true;
  }
  await pushChunks(client, repository, source, options);
  return true;
}

/** What a push must be allowed; who pushes also asks what is there. */
export function pushScope(repository: string): string {
  return `repository:${repository}:pull,push`;
}

async function pushChunks(
  client: OciClient,
  repository: string,
  source: BlobSource,
  { onProgress, onBreak, remembered, chunkBytes = usualChunkBytes }: PushBlobOptions,
): Promise<void> {
  const begun = remembered?.recall() ?? null;
  let session: Session | null = begun === null ? null : { location: begun, sentBytes: 0 };
  for (let tries = 0; ; tries++) {
    const before: number = session?.sentBytes ?? 0;
    try {
      const known: Session | null = session === null ? null : await findSession(client, repository, session);
      // Its last request may have been done although its answer was lost.
      if (session !== null && known === null && (await isThere(client, repository, source.digest))) break;
      session = known ?? (await openSession(client, repository));
      remembered?.remember(session.location);
      while (session.sentBytes < source.sizeBytes) {
        onProgress?.(session.sentBytes);
        session = await sendChunk(client, repository, session, source, chunkBytes);
      }
      await finishUpload(client, repository, session.location, source.digest, undefined);
      break;
    } catch (error) {
      if ((session?.sentBytes ?? 0) > before) tries = 0;
      const mayPass = isPassing(error) || (error instanceof OciRefusal && error.status === 416);
      // What the registry has of it is not what it should be: nothing to go on with.
      if (error instanceof OciRefusal && !mayPass) remembered?.forget();
      if (!mayPass || tries >= triesWithoutProgress) throw error;
      onBreak?.(error);
      await pause(250 * 2 ** tries, undefined);
    }
  }
  remembered?.forget();
}

async function isThere(client: OciClient, repository: string, digest: string): Promise<boolean> {
  const path = `/v2/${repository}/blobs/${digest}`;
  return (await client.ask({ method: "HEAD", path, scope: pushScope(repository), takes: [404] })).ok;
}

/** An upload under way. */
interface Session {
  location: string;
  sentBytes: number;
}

async function openSession(client: OciClient, repository: string): Promise<Session> {
  return { location: await beginUpload(client, repository), sentBytes: 0 };
}

/** How far an upload is; null where the registry has forgotten it. */
async function findSession(client: OciClient, repository: string, { location }: Session): Promise<Session | null> {
  const asked = { method: "GET", path: location, scope: pushScope(repository), takes: [400, 404] } as const;
  const response = await client.ask(asked);
  await response.body?.cancel();
  return response.ok ? sessionOf(client, response, location) : null;
}

async function sendChunk(
  client: OciClient,
  repository: string,
  { location, sentBytes }: Session,
  source: BlobSource,
  chunkBytes: number,
): Promise<Session> {
  const end = Math.min(source.sizeBytes, sentBytes + chunkBytes);
  const response = await client.ask({
    method: "PATCH",
    path: location,
    scope: pushScope(repository),
    headers: { "content-type": "application/octet-stream", "content-range": `${sentBytes}-${end - 1}` },
    body: await source.read(sentBytes, end),
    timeoutMs: sendTimeoutMs,
  });
  await response.body?.cancel();
  return sessionOf(client, response, location);
}

/** `Range: 0-99` says that 100 bytes are there; `0-0` may mean none. */
function sessionOf(client: OciClient, response: Response, before: string): Session {
  const [, last] = /^0-(\d{1,15})$/.exec(response.headers.get("range") ?? "") ?? [];
  const sentBytes = last === undefined || last === "0" ? 0 : Number(last) + 1;
  return { location: locationOf(client, response, before), sentBytes };
}

async function beginUpload(client: OciClient, repository: string): Promise<string> {
  const path = `/v2/${repository}/blobs/uploads/`;
  const response = await client.ask({ method: "POST", path, scope: pushScope(repository) });
  await response.body?.cancel();
  const location = locationOf(client, response, "");
  if (location !== "") return location;
  throw new CallFailure(`${client.url} began an upload without saying where; is it an OCI registry?`, {
    kind: "unreadable",
    status: response.status,
  });
}

async function finishUpload(
  client: OciClient,
  repository: string,
  location: string,
  digest: string,
  body: Uint8Array<ArrayBuffer> | undefined,
): Promise<void> {
  const target = new URL(location);
  target.searchParams.set("digest", digest);
  const response = await client.ask({
    method: "PUT",
    path: target.href,
    scope: pushScope(repository),
    headers: { "content-type": "application/octet-stream" },
    ...(body === undefined ? {} : { body }),
    timeoutMs: sendTimeoutMs,
  });
  await response.body?.cancel();
}

function locationOf(client: OciClient, response: Response, before: string): string {
  const location = response.headers.get("location");
  return location !== null && URL.canParse(location, client.url) ? new URL(location, client.url).href : before;
}
