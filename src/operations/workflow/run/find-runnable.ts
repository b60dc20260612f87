import { LRUCache } from "lru-cache";
import type { Failure } from "../../../contract/failure.ts";
import type { PinnedSkill } from "../../../contract/workflow/plan.ts";
import { type Result, success } from "../../../domain/result.ts";
import { findDocument } from "../../lookup/find-document.ts";
import type { LookUpNeeds } from "../../lookup/look-up.ts";
import type { Runnable } from "../../run/runnable.ts";
import { runnableFunction } from "../../run/runnable-function.ts";
import { runnableTemplate } from "../../run/runnable-template.ts";

/** A function or template, fixed. */
export type PinnedCallable = Extract<PinnedSkill, { kind: "function" | "template" }>;

/** What is fixed never changes; that a version was deleted is noticed within a minute. */
const runnables = new LRUCache<string, Runnable>({ max: 200, ttl: 60_000 });

/** A function or template as something to run. */
export async function findRunnable(
  needs: LookUpNeeds,
  { kind, name, version, digest }: PinnedCallable,
): Promise<Result<Runnable, Failure>> {
  const key = `${kind}/${name}@${version} ${digest}`;
  const known = runnables.get(key);
  if (known !== undefined) return success(known);
  const found = await findDocument(needs, { kind, name, selector: version, minSeq: 0 });
  if (!found.ok) return found;
  const runnable = kind === "function" ? success(runnableFunction(found.value)) : runnableTemplate(found.value);
  if (runnable.ok) runnables.set(key, runnable.value);
  return runnable;
}
