import { collectionOf } from "../../contract/artifact/kind.ts";
import { artifactOf } from "../../domain/oci/repository-kind.ts";
import { readKind } from "../kind-of-reference.ts";
import { type OciReference, parseOciReference } from "../oci/oci-reference.ts";

/** What a pull is asked for: a repository as any OCI client sees it, or an artifact. */
export type PullReference =
  | { type: "repository"; asked: OciReference }
  /** `text` is a reference as every other command takes it. */
  | { type: "artifact"; text: string };

/**
 * Reads what is to be pulled: `workflows/x:v1` as OCI writes it, `workflow/x@^1` and `x` as the other commands have it; anything else with a
 * slash is a repository of plain files, and so is everything where `isPlain`.
 */
export function readPullReference(text: string, isPlain: boolean): PullReference {
  if (isPlain) return { type: "repository", asked: parseOciReference(text) };
  const [prefix = "", ...rest] = text.split("/");
  const kind = rest.length === 0 ? null : readKind(prefix);
  if (rest.length > 0 && kind === null) return { type: "repository", asked: parseOciReference(text) };
  // A tag is a selector: `x:v1` is `x@v1`.
  const [, named = text, tag] = /^([^:@]+):([^@]*)$/s.exec(text) ?? [];
  if (kind === null) return { type: "artifact", text: tag === undefined ? text : `${named}@${tag}` };
  if (tag === undefined) return { type: "artifact", text };
  const { repository } = parseOciReference(`${collectionOf[kind]}/${rest.join("/")}`);
  const artifact = artifactOf(repository);
  const name = artifact === null ? repository : `${kind}/${artifact.name}`;
  return { type: "artifact", text: `${name}@${tag}` };
}
