import { gzipSync } from "node:zlib";
import { digestOf, expectStatus, imageManifestType, type OciTarget, pushBlob, putManifest } from "./oci-calls.ts";

/** Pushes the smallest image that a container client takes for one: an empty layer, told apart by its author. Answers its manifest's digest. */
export async function pushImage(target: OciTarget, repository: string, tag: string, author: string): Promise<string> {
  const emptyTar = Buffer.alloc(1024);
  const layer = gzipSync(emptyTar);
  const config = JSON.stringify({
    architecture: "amd64",
    os: "linux",
    author,
    config: {},
    rootfs: { type: "layers", diff_ids: [digestOf(emptyTar)] },
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: imageManifestType,
    config: {
      mediaType: "application/vnd.oci.image.config.v1+json",
      digest: await pushBlob(target, repository, config),
      size: Buffer.byteLength(config),
    },
    layers: [
      {
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
        digest: await pushBlob(target, repository, layer),
        size: layer.byteLength,
      },
    ],
  });
  await expectStatus(await putManifest(target, repository, tag, manifest), 201);
  return digestOf(manifest);
}
