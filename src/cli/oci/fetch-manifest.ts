import { createHash } from "node:crypto";
import { again } from "../../client/again.ts";
import { limits } from "../../contract/limits.ts";
import {
  type ImageIndex,
  type ImageManifest,
  imageIndex,
  imageManifest,
  manifestMediaTypes,
} from "../../contract/oci/manifest.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import type { OciClient } from "./oci-client.ts";

/** A manifest as it is stored, and what it says. */
export interface FetchedManifest {
  digest: string;
  content: { type: "image"; image: ImageManifest } | { type: "index"; index: ImageIndex };
  /** What the registry has to say about it, such as that it is deprecated. */
  warning: string | null;
}

const accepted = [...manifestMediaTypes.image, ...manifestMediaTypes.index].join(", ");

/** Fetches a manifest by tag or digest; its bytes are checked against the digest that was asked for, or that the registry tells. */
export async function fetchManifest(
  client: OciClient,
  repository: string,
  reference: string,
): Promise<FetchedManifest> {
  const { bytes, told, warning } = await again(async () => {
    const response = await client.ask({
      method: "GET",
      path: `/v2/${repository}/manifests/${reference}`,
      scope: pullScope(repository),
      headers: { accept: accepted },
    });
    const { headers } = response;
    const warning = /^299 - "(.*)"$/.exec(headers.get("warning") ?? "")?.[1]?.replace(/\\(.)/g, "$1") ?? null;
    return { bytes: await readAtMost(response), told: headers.get("docker-content-digest"), warning };
  });
  const expected = reference.includes(":") ? reference : told;
  const digest = digestBy(expected ?? "", bytes);
  if (expected !== null && digest !== expected) {
    throw new CommandRefusal(
      `what ${client.url} sent as manifest ${expected} is ${digest}; fetch it again`,
      exitCodes.unavailable,
    );
  }
  const json = parseJson(bytes);
  const image = imageManifest.safeParse(json);
  if (image.success) return { digest, content: { type: "image", image: image.data }, warning };
  const index = imageIndex.safeParse(json);
  if (index.success) return { digest, content: { type: "index", index: index.data }, warning };
  const why = image.error.issues[0]?.message ?? "its shape is another";
  throw new CommandRefusal(
    `${repository} has under ${reference} what is no manifest of OCI Image 1.1: ${why}`,
    exitCodes.unavailable,
  );
}

/** What a pull must be allowed. */
export function pullScope(repository: string): string {
  return `repository:${repository}:pull`;
}

/** The digest of bytes by the algorithm that another one has; sha256 where none is told. */
function digestBy(like: string, bytes: Uint8Array): string {
  const algorithm = like.startsWith("sha512:") ? "sha512" : "sha256";
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

async function readAtMost(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    size += piece.byteLength;
    if (size > limits.manifestBytes)
      throw new CommandRefusal("the manifest is larger than OCI allows", exitCodes.limit);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
