import { utf8ToBytes } from "@noble/hashes/utils.js";
import { digestOfBytes } from "../document/canonical-digest.ts";

/** The event that tells an instance of an approval's answer. A path may hold more than types of events can, so its digest stands for it. */
export function answerEventType(path: string): string {
  const digest = digestOfBytes(utf8ToBytes(path));
  return `answer-${digest.slice("sha256:".length, "sha256:".length + 32)}`;
}
