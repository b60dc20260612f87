import { latestTag } from "../../contract/artifact/tag.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import type { NameChange } from "../../domain/registration/name-change.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** Whether the tags of a push may be set: `latest` must mean that version by itself, and a tag only what is live or deprecated. */
export function checkPush(candidate: Candidate, { after }: NameChange): Result<null, Failure> {
  const { kind, name, version, push } = candidate;
  if (push === null || push.tags.length === 0) return success(null);
  const what = `${kind} ${name}@${version}`;
  const entry = after.versions.find((one) => one.version === version);
  if (entry?.state === "yanked") {
    return refusal({ code: "STATE_CONFLICT", message: `${what} is yanked; no tag can point at it: restore it first` });
  }
  if (push.tags.includes(latestTag) && after.tags[latestTag] !== version) {
    const message = `latest always points at the highest live version, which is ${after.tags[latestTag] ?? "none"}; push ${version} under its number or another tag`;
    return refusal({ code: "TAG_RESERVED", message });
  }
  if (Object.keys(after.tags).length > limits.tagsPerName) {
    const message = `${kind} ${name} has ${limits.tagsPerName} tags, the most a name can have`;
    return refusal({ code: "LIMIT_REACHED", message });
  }
  return success(null);
}
