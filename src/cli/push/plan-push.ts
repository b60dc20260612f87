import { basename } from "node:path";
import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import { artifactTypeOf } from "../../domain/oci/artifact-manifest.ts";
import { repositoryOf, typedRepositoryOf } from "../../domain/oci/repository-kind.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { parseOciReference } from "../oci/oci-reference.ts";
import type { DescribedFile } from "./describe-file.ts";

/** Where a file goes, and as what. */
export interface PushPlan {
  repository: string;
  tags: string[];
  /** The artifact that is registered by it; null for plain files. */
  artifact: { kind: ArtifactKind; name: string } | null;
  /** What the file says of its version. */
  version: string | null;
  artifactType: string;
}

/** What plain files say they are, where nobody says more. */
export const plainArtifactType = "application/vnd.callsheet.files.v1";

/** Decides where a file is pushed: where it is told to, else where its content says that it belongs. */
export function planPush(path: string, described: DescribedFile, target: string | undefined): PushPlan {
  const own = ownRepository(described);
  const version = described.type === "other" ? null : described.version;
  if (target === undefined) {
    if (own === null)
      throw new CommandRefusal(`${whyUntold(path, described)}; say where: callsheet push ${path} repository:tag`);
    return planFor(repositoryOf(own.kind, own.name), [version ?? latestTag], version);
  }
  const { repository, tags, digest } = parseOciReference(target);
  if (digest !== null) throw new CommandRefusal(`${target}: a push is made under a tag; leave out what stands after @`);
  return planFor(repository, tags.length > 0 ? tags : [version ?? latestTag], version);
}

/** The artifact that a file says it is; of a source with several functions the first, whose repository stands for all. */
export function ownRepository(described: DescribedFile): { kind: ArtifactKind; name: string } | null {
  if (described.type === "document" && described.name !== null) return { kind: described.kind, name: described.name };
  const name = described.type === "source" ? described.names[0] : undefined;
  return name === undefined ? null : { kind: "function", name };
}

function planFor(repository: string, tags: string[], version: string | null): PushPlan {
  const typed = typedRepositoryOf(repository);
  if (typed === "misplaced") {
    const [collection = ""] = repository.split("/");
    throw new CommandRefusal(
      `${repository}: below ${collection}/ there is one repository for each artifact, ${collection}/{name}, like ${collection}/my_first`,
    );
  }
  const artifactType = typed === null ? plainArtifactType : artifactTypeOf(typed.kind);
  return { repository, tags, artifact: typed, version: typed === null ? null : version, artifactType };
}

function whyUntold(path: string, described: DescribedFile): string {
  if (described.type === "other") return `${basename(path)} does not say what it is`;
  if (described.type === "document")
    return `the ${described.kind} says no name that ${collectionOf[described.kind]} can have`;
  return "the source has no function";
}
