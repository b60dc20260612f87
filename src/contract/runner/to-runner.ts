import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { artifactKind } from "../artifact/kind.ts";
import { version } from "../artifact/version.ts";
import { stage } from "../template/document.ts";
import { field } from "../template/field.ts";
import { leaseKey } from "./from-runner.ts";
import { jobFile, jobNeeds, jobSource } from "./job.ts";

const ofLease = leaseKey.shape;

/** Answer to `hello`. */
export const welcome = z.object({
  type: z.literal("welcome"),
  /** False: an admin must approve this runner first; it stays connected and gets no jobs until then. */
  approved: z.boolean(),
  lease_seconds: z.number().positive(),
  heartbeat_seconds: z.number().positive(),
  /** Of the leases that `hello` named: still its own. The others it must stop and forget. */
  leases: z.array(leaseKey),
});

/** An admin approved the runner. */
export const approved = z.object({ type: z.literal("approved") });

/** A job to do, leased. URLs are paths with a query, to be resolved against the registry's own address; each is signed and expires. */
export const jobOffer = z.object({
  type: z.literal("job"),
  ...ofLease,
  attempt: z.int(),
  kind: artifactKind,
  name: z.string(),
  version,
  digest,
  handler: z.string().nullable(),
  source: jobSource.extend({ url: z.string() }).nullable(),
  inputs: z.record(z.string(), z.unknown()).nullable(),
  /** JSON of the inputs, when they are too large for a message. */
  inputs_file: z.object({ digest, url: z.string() }).nullable(),
  files: z.array(jobFile.extend({ url: z.string() })),
  parameters: z.record(z.string(), z.unknown()),
  quality: z.string().nullable(),
  /** The outputs that the interface declares. */
  outputs: z.record(z.string(), field),
  stages: z.array(stage).nullable(),
  needs: jobNeeds,
  /** Index of the device; null for a job that uses none. */
  device: z.int().nullable(),
  timeout_seconds: z.int(),
  lease_expires_at: z.string(),
  /** `POST` a small file here, with `?digest=` added. */
  files_url: z.string(),
  /** `POST` here to begin a large upload. */
  uploads_url: z.string(),
});
export type JobOffer = z.infer<typeof jobOffer>;

/** A result, a failure or a release was taken; the lease is over. */
export const accepted = z.object({ type: z.literal("accepted"), ...ofLease });

/** It was not taken, and never will be: forget it. */
export const refused = z.object({ type: z.literal("refused"), ...ofLease, message: z.string() });

/** Stop the job; its lease is over. */
export const cancel = z.object({ type: z.literal("cancel"), ...ofLease, reason: z.string() });

/** Answer to `heartbeat`: leases that it named and no longer has. */
export const heard = z.object({ type: z.literal("heard"), lost: z.array(leaseKey) });

/** An admin asks the runner to take no further jobs (`on`), or to take them again. */
export const drain = z.object({ type: z.literal("drain"), on: z.boolean() });

/** The runner said what cannot be understood. */
export const protocolError = z.object({ type: z.literal("error"), code: z.string(), message: z.string() });

/** Everything that a pool says to a runner. */
export const toRunner = z.discriminatedUnion("type", [
  welcome,
  approved,
  jobOffer,
  accepted,
  refused,
  cancel,
  heard,
  drain,
  protocolError,
]);
export type ToRunner = z.infer<typeof toRunner>;
