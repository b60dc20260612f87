import { latestTag, tagName } from "../../contract/artifact/tag.ts";
import { version as versionText } from "../../contract/artifact/version.ts";
import { type Result, refusal, success } from "../result.ts";

/** What the tags of a push ask for. */
export interface PushedTags {
  /** The version that the document must have; null when no tag says one. */
  version: string | null;
  /** Tags to set on it, `latest` maybe among them. */
  tags: string[];
}

/** Whether a tag of a typed repository is no artifact's: signatures, and the list of referrers where a registry has none, are under `sha256-…`. */
export function isDigestTag(tag: string): boolean {
  return /^sha(256|512)-/.test(tag);
}

/** What tags mean in a typed repository: a version is a version, the others point at one. A refusal is the reason in words. */
export function readPushedTags(tags: readonly string[]): Result<PushedTags, string> {
  const versions = [...new Set(tags.filter((tag) => versionText.safeParse(tag).success))];
  if (versions.length > 1) return refusal(`a document has one version, and the tags say ${versions.join(" and ")}`);
  const others = [...new Set(tags.filter((tag) => !versions.includes(tag)))];
  for (const tag of others) {
    const parsed = tagName.safeParse(tag);
    if (tag === latestTag || parsed.success) continue;
    const why = parsed.error.issues[0]?.message ?? "it is no tag";
    return refusal(
      `"${tag.slice(0, 60)}" cannot be a tag of an artifact: ${why}; a version is written in full, like 1.4.0`,
    );
  }
  return success({ version: versions[0] ?? null, tags: others });
}
