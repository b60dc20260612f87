import type { HostFile } from "../../bindings/host/host-client.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { FileChange } from "../../domain/webhook/diff-files.ts";
import { type PushedContent, readPushedFile } from "../../domain/webhook/read-pushed-file.ts";
import { runInOrder } from "../template/run-in-order.ts";
import type { PushedTree } from "./pushed-tree.ts";

/** Workers open at most six connections at once for one request. */
const readsAtOnce = 6;
/** Of all changed files together: they are in memory at once. */
const mostBytes = 32 * 1024 * 1024;

/** What a push cannot be done for, whatever its files say. */
export class PushRefusal extends Error {}

/** What the files hold that a push adds or changes, by their paths. */
export async function readChangedFiles(
  tree: PushedTree,
  changes: readonly FileChange[],
): Promise<Map<string, PushedContent>> {
  const files = new Map(tree.files.map((file) => [file.path, file]));
  const contents = new Map<string, PushedContent>();
  const failures: unknown[] = [];
  let bytesRead = 0;
  const pieces = changes.flatMap(({ path, change, artifacts }) => {
    const file = files.get(path);
    if (file === undefined || change === "removed" || change === "renamed") return [];
    const isOurs = artifacts.length > 0;
    const run = async () => {
      if (failures.length > 0) return;
      try {
        const unread = whyUnread(file, isOurs);
        const bytes = unread === null ? await tree.read(file) : new Uint8Array();
        bytesRead += bytes.byteLength;
        if (bytesRead > mostBytes) throw new PushRefusal(tooMuch);
        contents.set(path, unread ?? contentOf(path, bytes, isOurs));
      } catch (error) {
        // No piece of work may throw; the first failure is everybody's.
        failures.push(error);
      }
    };
    return [{ writes: [], reads: [], run }];
  });
  await runInOrder(pieces, readsAtOnce);
  if (failures.length > 0) throw failures[0];
  return contents;
}

const tooMuch = `the push changes more than ${mostBytes / 1024 / 1024} MiB of watched files; push less at once, or watch fewer paths`;

function whyUnread({ type, sizeBytes }: HostFile, isOurs: boolean): PushedContent | null {
  if (type !== "file")
    return leftOut(`it is a ${type === "symlink" ? "symbolic link" : "submodule"}, which is not followed`, isOurs);
  return sizeBytes !== null && sizeBytes > limits.documentBytes ? leftOut(tooLarge, isOurs) : null;
}

function contentOf(path: string, bytes: Uint8Array, isOurs: boolean): PushedContent {
  if (bytes.byteLength > limits.documentBytes) return leftOut(tooLarge, isOurs);
  const text = textOf(bytes);
  return text === null ? leftOut("it is not UTF-8 text", isOurs) : readPushedFile(path, text, isOurs);
}

const tooLarge = `it is larger than ${limits.documentBytes / 1024} KiB, so nothing of it can be published`;

/** Something else's file is let be; one that published something before cannot any more. */
function leftOut(message: string, isOurs: boolean): PushedContent {
  if (!isOurs) return { type: "skipped", message };
  const place = { path: "", line: null, column: null, suggestion: null };
  const issue: Issue = { severity: "error", code: "unreadable_file", message, ...place };
  return { type: "rejected", message, issues: [issue] };
}

/** Null for what is no text: no UTF-8, or with the byte that no text has. */
function textOf(bytes: Uint8Array): string | null {
  if (bytes.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
