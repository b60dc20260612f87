import { ociDigest } from "../../contract/oci/digest.ts";
import { ociTag, repositoryName } from "../../contract/oci/name.ts";
import { CommandRefusal } from "../command-refusal.ts";

/** `repository`, `repository:tag`, `repository:tag,tag` or `repository@digest`. */
export interface OciReference {
  repository: string;
  tags: string[];
  digest: string | null;
}

/** Reads a reference into the OCI registry; the registry itself is told by `--url`. */
export function parseOciReference(text: string): OciReference {
  const [, named = "", digest] = /^([^@]*)(?:@(.*))?$/s.exec(text) ?? [];
  if (/^(localhost|\[[0-9a-f:]+\]|[a-z0-9.-]+):\d+\//i.test(named)) {
    const rest = text.slice(text.indexOf("/") + 1);
    throw new CommandRefusal(
      `${text}: leave the registry out and say ${rest}; --url or CALLSHEET_URL tells where it is`,
    );
  }
  const [, repository = "", tagText] = /^([^:]*)(?::(.*))?$/s.exec(named) ?? [];
  const tags = tagText === undefined ? [] : [...new Set(tagText.split(","))];
  const legal = repositoryName.safeParse(repository);
  if (!legal.success) refuse(text, legal.error.issues[0]?.message);
  for (const tag of tags) {
    const fits = ociTag.safeParse(tag);
    if (!fits.success) refuse(text, fits.error.issues[0]?.message);
  }
  if (digest !== undefined && !ociDigest.safeParse(digest).success) {
    refuse(text, "after @ stands a digest, sha256:… whole");
  }
  return { repository, tags, digest: digest ?? null };
}

function refuse(text: string, why: string | undefined): never {
  throw new CommandRefusal(
    `${text}: ${why ?? "it is no reference"}; write repository:tag, like workflows/code-generation:v1`,
  );
}
