import type { DeliveryRow } from "../../bindings/d1/webhook/delivery-row.ts";
import type { SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import type { HostClient, HostFile } from "../../bindings/host/host-client.ts";
import { readHookText } from "../../bindings/r2/webhook-store.ts";
import { genericPush } from "../../contract/webhook/delivery.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import type { KnownFile } from "../../domain/webhook/diff-files.ts";
import { whyNotInOrder } from "../../domain/webhook/judge-order.ts";
import { watchesPath } from "../../domain/webhook/watches-path.ts";

/** The watched files of a source as a push leaves them. */
export interface PushedTree {
  commit: string | null;
  files: HostFile[];
  read: (file: HostFile) => Promise<Uint8Array>;
}

/** Why a push is not done. */
export type TreeOrReason = { tree: PushedTree } | { ignored: string } | { failed: string };

/** The files at the commit that a delivery is about, from its host. */
export async function treeOfHost(host: HostClient, source: SourceRow, delivery: DeliveryRow): Promise<TreeOrReason> {
  const { settings, synced_commit: synced } = source;
  const commit = delivery.commit_id ?? (await host.head(settings.branch));
  if (commit === null) return { failed: `${settings.repository} has no branch ${settings.branch}` };
  const [files, order] = await Promise.all([
    host.tree(commit),
    synced === null || synced === commit ? null : host.compare(synced, commit),
  ]);
  if (order !== null && synced !== null) {
    const isOffLine = order === "diverged" || order === "unknown";
    const head = isOffLine ? await host.head(settings.branch) : null;
    const why = whyNotInOrder(order, { synced, pushed: commit, head });
    if (why !== null) return { ignored: why };
  }
  const isWatched = watchesPath(settings.paths);
  return { tree: { commit, files: files.filter(({ path }) => isWatched(path)), read: (file) => host.read(file) } };
}

/** The files that a generic hook leaves: those that were known, without what it removes, with what it brings. */
export async function treeOfHook(
  blobs: R2Bucket,
  source: SourceRow,
  delivery: DeliveryRow,
  known: readonly KnownFile[],
): Promise<TreeOrReason> {
  const text = await readHookText(blobs, delivery, "body");
  if (text === null) return { failed: "the files that came with the hook are gone; send them again" };
  const { data } = genericPush.parse(JSON.parse(text));
  const isWatched = watchesPath(source.settings.paths);
  const contents = new Map<string, Uint8Array>();
  const brought = data.files
    .filter(({ path }) => isWatched(path))
    .map(({ path, content }): HostFile => {
      const bytes = new TextEncoder().encode(content);
      const blob = digestOfBytes(bytes);
      contents.set(blob, bytes);
      return { path, blob, type: "file", sizeBytes: bytes.byteLength };
    });
  const replaced = new Set([...data.removed, ...brought.map(({ path }) => path)]);
  const kept = known
    .filter(({ path }) => isWatched(path) && !replaced.has(path))
    .map(({ path, blob }): HostFile => ({ path, blob, type: "file", sizeBytes: null }));
  const read = async ({ blob, path }: HostFile) => {
    const bytes = contents.get(blob);
    if (bytes === undefined) throw new Error(`${path} was to be read, but did not come with the hook`);
    return bytes;
  };
  return { tree: { commit: data.commit, files: [...kept, ...brought], read } };
}
