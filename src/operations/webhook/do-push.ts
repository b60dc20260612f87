import type { SourceRow } from "../../bindings/d1/webhook/source-row.ts";
import { limits } from "../../contract/limits.ts";
import type { FileOutcome, PushOutcome } from "../../contract/webhook/delivery.ts";
import { afterPush } from "../../domain/webhook/after-push.ts";
import { diffFiles, type FileChange, type KnownFile } from "../../domain/webhook/diff-files.ts";
import { countsOf, fileOutcomes, toldFiles } from "../../domain/webhook/push-outcome.ts";
import { watchesPath } from "../../domain/webhook/watches-path.ts";
import type { RegisterSourceNeeds } from "../function/register-source.ts";
import type { PushedTree } from "./pushed-tree.ts";
import { PushRefusal, readChangedFiles } from "./read-changed-files.ts";
import { type FileResult, registerFiles } from "./register-files.ts";
import { settleNames } from "./settle-names.ts";

/** What doing a push came to. */
export interface DonePush {
  outcome: PushOutcome;
  /** All files, also where the outcome tells only some. */
  files: readonly FileOutcome[];
  /** What the source stands at from now on; null: nothing was changed. */
  update: { set: KnownFile[]; gone: string[] } | null;
}

/**
 * Makes the registry what a source's files are at a commit: what they add or change is registered, what they no longer give is deprecated, what
 * they give again is restored. Done twice, it changes nothing the second time.
 */
export async function doPush(
  needs: RegisterSourceNeeds,
  source: SourceRow,
  files: readonly KnownFile[],
  tree: PushedTree,
): Promise<DonePush> {
  const { settings } = source;
  if (tree.files.length > limits.filesPerSource) {
    throw new PushRefusal(
      `${tree.files.length} files are watched, and ${limits.filesPerSource} can be: watch fewer paths`,
    );
  }
  // What is not watched any more is forgotten: nobody removed it.
  const isWatched = watchesPath(settings.paths);
  const known = files.filter(({ path }) => isWatched(path));
  const forgotten = files.flatMap(({ path }) => (isWatched(path) ? [] : [path]));
  const changes = diffFiles(known, tree.files);
  if (changes.length > limits.filesPerPush) {
    throw new PushRefusal(
      `the push changes ${changes.length} watched files, and ${limits.filesPerPush} can be done at once: watch fewer paths, or push in parts`,
    );
  }
  const contents = await readChangedFiles(tree, changes);
  const by = `webhook:${source.name}`;
  const isPlan = settings.mode === "plan";
  const settling = { needs, source, known, forgotten, changes, commit: tree.commit, by };
  if (isPlan || settings.atomic) {
    const tried = await registerFiles(needs, contents, { by, isDryRun: true });
    const isRefused = [...tried.values()].some(({ status }) => status === "rejected");
    if (isPlan || isRefused) return settle(settling, tried, { isDryRun: true, isHeld: isRefused && settings.atomic });
  }
  const registered = await registerFiles(needs, contents, { by, isDryRun: false });
  return settle(settling, registered, { isDryRun: false, isHeld: false });
}

interface Settling {
  needs: RegisterSourceNeeds;
  source: SourceRow;
  known: readonly KnownFile[];
  forgotten: readonly string[];
  changes: readonly FileChange[];
  commit: string | null;
  by: string;
}

async function settle(
  { needs, source, known, forgotten, changes, commit, by }: Settling,
  results: ReadonlyMap<string, FileResult>,
  how: { isDryRun: boolean; isHeld: boolean },
): Promise<DonePush> {
  const { repository, removals, mode } = source.settings;
  const gives = new Map(
    [...results].map(([path, { artifacts, status }]) => [path, { artifacts, isRefused: status === "rejected" }]),
  );
  const after = afterPush(known, changes, gives);
  const ignoresRemovals = removals === "ignore";
  const names = { gone: ignoresRemovals ? [] : after.gone, back: after.back };
  const settled = await settleNames(needs, names, { repository, commit, by, isDryRun: how.isDryRun });
  const files = fileOutcomes(changes, results, { ...after, restored: settled.restored, ignoresRemovals }, how.isHeld);
  const seqs = [...results.values(), settled].flatMap(({ seq }) => seq ?? []);
  const outcome: PushOutcome = {
    commit,
    base: source.synced_commit,
    dry_run: mode === "plan",
    files: toldFiles(files),
    counts: countsOf(files),
    seq: how.isDryRun || seqs.length === 0 ? null : Math.max(...seqs),
  };
  return {
    outcome,
    files,
    update: how.isDryRun ? null : { ...after.update, gone: [...after.update.gone, ...forgotten] },
  };
}
