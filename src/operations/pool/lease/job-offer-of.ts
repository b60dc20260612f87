import { limits } from "../../../contract/limits.ts";
import type { Job } from "../../../contract/runner/job.ts";
import type { JobOffer } from "../../../contract/runner/to-runner.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import { keptOutputs } from "./declared-outputs.ts";

/** Beyond the job's own time: for what goes before and after it, and for a registry that was away. */
const extraSeconds = 3600;

/** The message that gives a job to its runner. Addresses are signed for as long as the job may last. */
export function jobOfferOf(pool: OpenPool, job: Job, leased: LeasedJob, leaseExpiresAt: string): JobOffer {
  const lifeSeconds = Math.min(job.timeout_seconds + extraSeconds, limits.signedUrlSeconds);
  const expiresAt = new Date(pool.nowMs() + lifeSeconds * 1000);
  const fileUrl = (digest: string) => `/v1/files/${digest}${pool.signer.sign("file", digest, expiresAt)}`;
  const ofRun = `?run_id=${job.run_id}&${pool.signer.sign("run_files", job.run_id, expiresAt).slice(1)}`;
  const { source, inputs_digest: inputsDigest } = job;
  return {
    type: "job",
    run_id: job.run_id,
    fence: leased.fence,
    attempt: leased.attempt,
    kind: job.kind,
    name: job.name,
    version: job.version,
    digest: job.digest,
    handler: job.handler,
    source: source === null ? null : { ...source, url: fileUrl(source.digest) },
    inputs: job.inputs,
    inputs_file: inputsDigest === null ? null : { digest: inputsDigest, url: fileUrl(inputsDigest) },
    files: job.files.map((file) => ({ ...file, url: fileUrl(file.digest) })),
    parameters: job.parameters,
    quality: job.quality,
    outputs: keptOutputs(pool, job.flattened_digest) ?? {},
    stages: job.stages,
    needs: leased.needs,
    device: leased.runner.device,
    timeout_seconds: job.timeout_seconds,
    lease_expires_at: leaseExpiresAt,
    files_url: `/v1/files${ofRun}`,
    uploads_url: `/v1/uploads${ofRun}`,
  };
}
