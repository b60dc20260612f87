import { latestTag } from "../../contract/artifact/tag.ts";
import { annotationKeys } from "../../contract/oci/manifest.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { fetchManifest } from "../oci/fetch-manifest.ts";
import type { OciReference } from "../oci/oci-reference.ts";
import type { Session } from "../session.ts";
import { count } from "../terminal/plain-text.ts";
import { type PulledFile, type PullTarget, saveLayer } from "./save-layer.ts";

/** What a pull of a repository gave. */
export interface PulledRepository {
  repository: string;
  reference: string;
  /** Of the manifest. */
  digest: string;
  files: PulledFile[];
}

/** Fetches every file of what a tag or digest names, as `oras pull` does; layers without a name are no files. */
export async function pullRepository(
  session: Session,
  { repository, tags, digest }: OciReference,
  target: PullTarget,
): Promise<PulledRepository> {
  const { terminal } = session;
  const client = session.oci();
  const [tag = latestTag, second] = tags;
  if (second !== undefined) throw new CommandRefusal(`${repository}:${tags.join(",")}: one tag is pulled at a time`);
  const reference = digest ?? tag;
  const manifest = await fetchManifest(client, repository, reference);
  if (manifest.warning !== null) terminal.note(`note: ${manifest.warning}`);
  if (manifest.content.type === "index") {
    const members = manifest.content.index.manifests.slice(0, 10).map((one) => `\n  ${repository}@${one.digest}`);
    throw new CommandRefusal(
      `${repository} has an index under ${reference}; pull one of its manifests${members.join("")}`,
    );
  }
  const files: PulledFile[] = [];
  let unnamed = 0;
  for (const layer of manifest.content.image.layers) {
    const name = layer.annotations?.[annotationKeys.title];
    if (name === undefined) unnamed += 1;
    else files.push(await saveLayer({ client, terminal }, repository, layer, name, target));
  }
  if (unnamed > 0) terminal.note(`${count(unnamed, "layer")} without a name left out (${annotationKeys.title})`);
  if (files.length === 0) {
    throw new CommandRefusal(
      `${repository} has under ${reference} no layer with a name (${annotationKeys.title}), so there is no file to save`,
      exitCodes.notFound,
    );
  }
  return { repository, reference, digest: manifest.digest, files };
}
