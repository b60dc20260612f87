import type { JobMessage } from "../../contract/runner/job.ts";

/** The queue `gpu-jobs`: the promise that a run reaches its pool. */
export type GpuJobs = Queue<JobMessage>;

/** Puts a run on its way to its pool. Answers false when the queue does not take it. */
export async function sendJob(queue: GpuJobs, message: JobMessage): Promise<boolean> {
  try {
    await queue.send(message);
    return true;
  } catch (error) {
    console.error(JSON.stringify({ level: "error", gpu_jobs_send: message.run_id, error: String(error) }));
    return false;
  }
}
