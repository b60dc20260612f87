import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { limits } from "../limits.ts";
import { failureClass, runFailureCode } from "../run/run-failure.ts";
import { runId } from "../run/run-id.ts";
import { capabilities } from "./capabilities.ts";

/** The right to one job: `fence` counts the leases of a run, so that a late message of an old lease is told from the new one's. */
export const leaseKey = z.object({ run_id: runId, fence: z.int().positive() });
export type LeaseKey = z.infer<typeof leaseKey>;
const ofLease = leaseKey.shape;

/** First message on every connection. */
export const hello = z.object({
  type: z.literal("hello"),
  protocol: z.literal(1),
  capabilities,
  /** Leases that it still works on, or whose results it could not hand over yet. */
  leases: z.array(leaseKey).max(limits.leasesPerRunner),
  /** Digests of documents and sources, and names of models, that are loaded and ready. */
  warm: z.array(z.string()).max(limits.warmPerRunner),
});

/** Every `heartbeat_seconds`; without it the runner is gone, whatever else it sends. Renews the leases it names. */
export const heartbeat = z.object({
  type: z.literal("heartbeat"),
  leases: z.array(leaseKey).max(limits.leasesPerRunner),
  warm: z.array(z.string()).max(limits.warmPerRunner),
  /** VRAM that others than our jobs take, by device index, in MB. */
  vram_used_by_others_mb: z.record(z.string(), z.int().nonnegative()),
});

/** The job's process runs. */
export const started = z.object({ type: z.literal("started"), ...ofLease });

export const progressReport = z.object({
  type: z.literal("progress"),
  ...ofLease,
  stage: z.string().max(64),
  /** Of the stage, 0 to 1. */
  fraction: z.number().min(0).max(1),
  message: z.string().max(limits.progressMessageLength).nullable(),
  preview: digest.nullable(),
});

export const logLines = z.object({
  type: z.literal("log"),
  ...ofLease,
  stream: z.enum(["stdout", "stderr", "runner"]),
  lines: z.array(z.string().max(limits.logLineLength)).min(1).max(200),
});

/** The handler's outputs: one set, or several siblings. Sent again until `accepted` or `refused` comes. */
export const result = z.object({
  type: z.literal("result"),
  ...ofLease,
  /** Null when they are too large for a message; then `outputs_digest` names an uploaded file with them as a JSON array. */
  outputs: z.array(z.record(z.string(), z.unknown())).min(1).max(limits.outputsPerRun).nullable(),
  outputs_digest: digest.nullable(),
  run_seconds: z.number().nonnegative(),
});

/** The attempt failed. Sent again until `accepted` or `refused` comes. */
export const failureReport = z.object({
  type: z.literal("failure"),
  ...ofLease,
  class: failureClass,
  code: runFailureCode,
  message: z.string().max(limits.failureMessageLength),
  detail: z.string().max(limits.failureDetailLength).nullable(),
});

/** Hands a lease back unfinished: costs the run no attempt. */
export const release = z.object({ type: z.literal("release"), ...ofLease, reason: z.string().max(500) });

/** No further jobs, please; those under way go on. */
export const draining = z.object({ type: z.literal("draining") });

/** Everything that a runner says. */
export const fromRunner = z.discriminatedUnion("type", [
  hello,
  heartbeat,
  started,
  progressReport,
  logLines,
  result,
  failureReport,
  release,
  draining,
]);
export type FromRunner = z.infer<typeof fromRunner>;
export type Hello = z.infer<typeof hello>;
export type Heartbeat = z.infer<typeof heartbeat>;
export type ResultReport = z.infer<typeof result>;
export type FailureReport = z.infer<typeof failureReport>;
export type ProgressReport = z.infer<typeof progressReport>;
export type LogLines = z.infer<typeof logLines>;
