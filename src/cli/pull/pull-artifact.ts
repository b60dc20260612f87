import type { Client } from "../../client/create-client.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import { annotationKeys } from "../../contract/oci/manifest.ts";
import { parseSelector, splitReference } from "../../domain/artifact/parse-reference.ts";
import { findDocumentLayer, type LayerWriting } from "../../domain/oci/document-layer.ts";
import { repositoryOf } from "../../domain/oci/repository-kind.ts";
import { askEachKind } from "../ask-each-kind.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import type { KindedReference } from "../kind-of-reference.ts";
import { type FetchedManifest, fetchManifest } from "../oci/fetch-manifest.ts";
import type { OciClient } from "../oci/oci-client.ts";
import type { Session } from "../session.ts";
import { type PulledFile, type PullTarget, saveLayer } from "./save-layer.ts";

/** What a pull of an artifact gave. */
export interface PulledArtifact {
  kind: ArtifactKind;
  name: string;
  /** Null where the manifest, as it was pushed, does not say it. */
  version: string | null;
  repository: string;
  /** The tag or digest that it was fetched by. */
  reference: string;
  /** Of the manifest. */
  digest: string;
  files: PulledFile[];
}

/** Fetches an artifact's document or source, and saves it under the name that its author gave it. */
export async function pullArtifact(session: Session, text: string, target: PullTarget): Promise<PulledArtifact> {
  const client = session.oci();
  const { terminal } = session;
  const found = await askEachKind(text, (asked) => findManifest(session.client(), client, asked));
  const { kind, name, repository, reference, manifest } = found;
  if (manifest.warning !== null) terminal.note(`note: ${manifest.warning}`);
  if (manifest.content.type === "index") {
    throw new CommandRefusal(
      `${repository} has an index under ${reference}; oras pull with a platform takes one of it`,
    );
  }
  const { image } = manifest.content;
  const layer = findDocumentLayer(kind, image);
  if (!layer.ok) {
    throw new CommandRefusal(
      `${repository} has under ${reference} what is no ${kind}: ${layer.failure}. callsheet pull --plain takes all that is there`,
      exitCodes.conflict,
    );
  }
  const { descriptor, file, writing } = layer.value;
  const saved = await saveLayer(
    { client, terminal },
    repository,
    descriptor,
    file ?? `${name}${endingOf(writing)}`,
    target,
  );
  const others = image.layers.length - 1;
  if (others > 0) terminal.note(`${others} further in it; callsheet pull --plain ${repository}:${reference} takes all`);
  const version = image.annotations?.[annotationKeys.version] ?? null;
  return { kind, name, version, repository, reference, digest: manifest.digest, files: [saved] };
}

interface FoundArtifact extends Pick<PulledArtifact, "kind" | "name" | "repository" | "reference"> {
  manifest: FetchedManifest;
}

/** Tags and versions are the OCI registry's own, which is never behind a push; ranges and digests of documents are known to lookups only. */
async function findManifest(
  client: Client,
  oci: OciClient,
  { kind, routes, reference: text }: KindedReference,
): Promise<FoundArtifact> {
  const { name, selector } = splitReference(text);
  const parsed = parseSelector(selector ?? latestTag);
  if (!parsed.ok) throw new CommandRefusal(`${text}: ${parsed.failure.message}`);
  const repository = repositoryOf(kind, name);
  const { type } = parsed.value;
  if (type === "tag" || type === "version") {
    const reference = selector ?? latestTag;
    return { kind, name, repository, reference, manifest: await fetchManifest(oci, repository, reference) };
  }
  const found = await client.call(routes.get, { params: { reference: text } });
  const reference = found.version;
  return { kind, name, repository, reference, manifest: await fetchManifest(oci, repository, reference) };
}

function endingOf(writing: LayerWriting): string {
  if (writing.as === "document") return writing.mediaType === "application/json" ? ".json" : ".yaml";
  return { python: ".py", typescript: ".ts", javascript: ".js" }[writing.language];
}
