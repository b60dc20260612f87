import type { Capabilities } from "../../contract/runner/capabilities.ts";
import type { JobNeeds } from "../../contract/runner/job.ts";
import { whoCanEverDo } from "./can-ever-do.ts";
import { compareRank } from "./job-order.ts";
import { SortedList } from "./sorted-list.ts";
import type { WaitingJob } from "./waiting-jobs.ts";

/** Jobs that need the same: where the first of them does not fit, none does. So a match looks at the first of each shape only. */
export class JobShape {
  readonly key: string;
  readonly needs: JobNeeds;
  readonly handler: string | null;
  /** Those that are in no backoff, in their order. */
  readonly ready = new SortedList<WaitingJob>(compareRank);
  /** Jobs of this shape, those in backoff too. */
  count = 0;
  #crewNumber = 0;
  #able: readonly number[] = [];

  constructor(key: string, job: WaitingJob) {
    this.key = key;
    this.needs = job.needs;
    this.handler = job.handler;
  }

  /** The positions of those of a crew that can ever do these jobs, remembered for as long as its number stays (`WaitingJobs.meet`). */
  ableOf(crew: readonly Capabilities[], crewNumber: number): readonly number[] {
    if (this.#crewNumber === crewNumber) return this.#able;
    this.#crewNumber = crewNumber;
    const canDo = whoCanEverDo(this.needs);
    this.#able = crew.flatMap((capabilities, at) => (canDo(capabilities) ? [at] : []));
    return this.#able;
  }
}

/** Equal for jobs of equal needs and handler, however their lists are ordered. */
export function shapeKey(job: Pick<WaitingJob, "needs" | "handler">): string {
  const { needs } = job;
  return JSON.stringify([
    job.handler,
    needs.handler,
    needs.gpu,
    needs.vram_mb,
    needs.cpu_cores,
    needs.memory_mb,
    needs.disk_mb,
    needs.compute_capability,
    needs.memory_type,
    [...needs.packages].sort(),
    needs.models.map(({ name, hash }) => JSON.stringify([name, hash])).sort(),
    Object.entries(needs.labels)
      .map((label) => JSON.stringify(label))
      .sort(),
    needs.sandbox,
  ]);
}
