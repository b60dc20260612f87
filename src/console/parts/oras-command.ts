import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import { shellQuote } from "./shell-quote.ts";

/** How OCI clients fetch a version's source from the registry at an origin. */
export function orasPull(origin: string, kind: ArtifactKind, name: string, version: string): string {
  return `oras pull ${plainHttp(origin)}${repositoryAt(origin, kind, name)}:${version}`;
}

/** How OCI clients publish a file, under a tag that is nobody's version. */
export function orasPush(
  origin: string,
  kind: ArtifactKind,
  { name, file, mediaType }: { name: string; file: string; mediaType: string },
): string {
  const target = `${repositoryAt(origin, kind, name)}:v1`;
  return `oras push ${plainHttp(origin)}${target} ${shellQuote(`${file}:${mediaType}`)}`;
}

function repositoryAt(origin: string, kind: ArtifactKind, name: string): string {
  return `${new URL(origin).host}/${collectionOf[kind]}/${name}`;
}

/** Clients take HTTPS for granted everywhere but at `localhost`. */
function plainHttp(origin: string): string {
  return new URL(origin).protocol === "http:" ? "--plain-http " : "";
}
