import { type ArtifactKind, artifactKind, collectionOf } from "../../contract/artifact/kind.ts";

/** The artifact that a repository holds: `workflows/code-generation` is the workflow of that name. */
export interface TypedRepository {
  kind: ArtifactKind;
  name: string;
}

/** What a repository's name says it holds: an artifact; plain storage (null); or nothing, where a typed folder's name does not fit. */
export function typedRepositoryOf(repository: string): TypedRepository | null | "misplaced" {
  const [collection, ...rest] = repository.split("/");
  const kind = artifactKind.options.find((one) => collectionOf[one] === collection);
  if (kind === undefined) return null;
  const [name, ...more] = rest;
  return name === undefined || more.length > 0 ? "misplaced" : { kind, name };
}

/** The artifact that a repository holds; null where it holds none: plain storage, or a name that does not fit. */
export function artifactOf(repository: string): TypedRepository | null {
  const typed = typedRepositoryOf(repository);
  return typed === "misplaced" ? null : typed;
}

/** The repository of an artifact. */
export function repositoryOf(kind: ArtifactKind, name: string): string {
  return `${collectionOf[kind]}/${name}`;
}
