import { LRUCache } from "lru-cache";
import type { WorkflowPlan } from "../../contract/workflow/plan.ts";

/*
 * Plans by digest: they never change, so this isolate may keep them for as long as there is room. Runs that a workflow is started for again and
 * again share one.
 */
interface KnownPlan {
  plan: WorkflowPlan;
  sizeBytes: number;
  /** A run in D1 names it, and is never removed: so R2 keeps its bytes. */
  isNamed: boolean;
}
const plans = new LRUCache<string, KnownPlan>({
  maxSize: 16 * 1024 * 1024,
  sizeCalculation: ({ sizeBytes }) => sizeBytes + 1,
});

/** A plan that this isolate has seen; null when it has not, or has forgotten it. */
export function rememberedPlan(digest: string): Readonly<KnownPlan> | null {
  return plans.get(digest) ?? null;
}

/** Keeps a plan. `isNamed`: whether a run is known to name it. */
export function rememberPlan(digest: string, plan: WorkflowPlan, sizeBytes: number, isNamed: boolean): void {
  const wasNamed = plans.get(digest)?.isNamed ?? false;
  plans.set(digest, { plan, sizeBytes, isNamed: isNamed || wasNamed });
}
