import { again } from "../../client/again.ts";
import { limits } from "../../contract/limits.ts";
import { annotationKeys, emptyBlob, manifestMediaTypes } from "../../contract/oci/manifest.ts";
import { fetchDigest } from "../oci/fetch-digest.ts";
import type { OciClient } from "../oci/oci-client.ts";
import { type BlobSource, pushBlob } from "../oci/push-blob.ts";
import { putManifest } from "../oci/put-manifest.ts";
import { rememberedUpload } from "../oci/remembered-upload.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { showBar } from "../terminal/show-bar.ts";
import { showBytes } from "../terminal/show-size.ts";

/** One file of a push. */
export interface PushLayer {
  path: string;
  /** Under which name who pulls it gets it. */
  title: string;
  mediaType: string;
  source: BlobSource;
}

/** A push, ready to be made. */
export interface ArtifactPush {
  repository: string;
  tags: string[];
  layers: readonly PushLayer[];
  /** The manifest's bytes; it names the layers and the empty config. */
  manifest: Uint8Array<ArrayBuffer>;
}

/** What a push did. */
export interface PushedArtifact {
  repository: string;
  tags: string[];
  digest: string;
  /** `unchanged`: every tag had this manifest before. */
  status: "pushed" | "unchanged";
  layers: { file: string; media_type: string; digest: string; size_bytes: number; new: boolean }[];
}

/** Pushes files as one artifact: blobs first, those that are there are not sent, then the manifest under its tags. */
export async function pushArtifact(client: OciClient, terminal: Terminal, push: ArtifactPush): Promise<PushedArtifact> {
  const { repository, tags, manifest } = push;
  const layers: PushedArtifact["layers"] = [];
  for (const layer of push.layers) {
    const isNew = await pushLayer(client, terminal, repository, layer);
    const { digest, sizeBytes } = layer.source;
    layers.push({ file: layer.path, media_type: layer.mediaType, digest, size_bytes: sizeBytes, new: isNew });
  }
  await pushBlob(client, repository, emptyConfig);
  const before = await Promise.all(tags.map((tag) => again(() => fetchDigest(client, repository, tag))));
  const digest = await putManifest(client, repository, tags, manifest);
  const status = before.every((one) => one === digest) ? "unchanged" : "pushed";
  return { repository, tags, digest, status, layers };
}

/** The manifest of files that are no one artifact of the registry's own making. */
export function manifestOfLayers(
  layers: readonly PushLayer[],
  artifactType: string,
  annotations: Record<string, string>,
): Uint8Array<ArrayBuffer> {
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestMediaTypes.image[0],
    artifactType,
    config: emptyBlob,
    layers: layers.map(({ title, mediaType, source }) => ({
      mediaType,
      digest: source.digest,
      size: source.sizeBytes,
      annotations: { [annotationKeys.title]: title },
    })),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
  return new TextEncoder().encode(JSON.stringify(manifest));
}

const emptyConfig: BlobSource = {
  digest: emptyBlob.digest,
  sizeBytes: emptyBlob.size,
  read: async () => new TextEncoder().encode("{}"),
};

async function pushLayer(
  client: OciClient,
  terminal: Terminal,
  repository: string,
  { path, source }: PushLayer,
): Promise<boolean> {
  const bar = showBar(terminal, `sending ${path}`, source.sizeBytes);
  const onBreak = (failure: Error) => terminal.note(`no answer (${failure.message}); going on where it was`);
  const remembered = rememberedUpload({ url: client.url, repository, digest: source.digest });
  const options = { onProgress: bar.update, onBreak, remembered };
  const isNew = await pushBlob(client, repository, source, options).finally(bar.stop);
  // What is small is told with the whole.
  if (source.sizeBytes > limits.uploadPartBytes) {
    terminal.note(
      isNew ? `sent ${path} (${showBytes(source.sizeBytes)})` : `${path} is there already; nothing was sent`,
    );
  }
  return isNew;
}
