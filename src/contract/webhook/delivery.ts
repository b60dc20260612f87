import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";
import { failureCode } from "../failure.ts";
import { issue } from "../issue.ts";
import { sourceName } from "./source.ts";

export const incomingDeliveryId = z.string().regex(/^whd_[0-9a-f]{24}$/, "a delivery's id is whd_ and 24 hex digits");

/** What a push means for one file. */
export const fileOutcome = z
  .object({
    path: z.string(),
    change: z.enum(["added", "modified", "removed", "renamed"]),
    /** Where a renamed file was before. */
    previous_path: z.string().nullable(),
    status: z
      .enum(["created", "unchanged", "deprecated", "restored", "rejected", "held", "skipped"])
      .describe("`held`: good, but another file of the same push is not; `skipped`: nothing to publish in it"),
    artifacts: z.array(z.object({ kind: artifactKind, name: z.string(), version: z.string().nullable() })),
    code: failureCode.nullable(),
    message: z.string().nullable(),
    issues: z.array(issue),
  })
  .meta({ id: "FileOutcome" });
export type FileOutcome = z.infer<typeof fileOutcome>;

/** What came of a push. */
export const pushOutcome = z.object({
  commit: z.string().nullable(),
  /** The commit that it was compared with; null: the first one. */
  base: z.string().nullable(),
  dry_run: z.boolean(),
  files: z.array(fileOutcome).describe("Those that changed something or failed; at most 1000"),
  counts: z.record(z.string(), z.int()).describe("Files by status"),
  seq: z.int().nullable(),
});
export type PushOutcome = z.infer<typeof pushOutcome>;

export const incomingDelivery = z
  .object({
    id: incomingDeliveryId,
    source: sourceName,
    host_id: z.string().describe("The host's own id of the delivery"),
    event: z.string(),
    ref: z.string().nullable(),
    commit: z.string().nullable(),
    pusher: z.string().nullable(),
    state: z.enum(["queued", "working", "succeeded", "failed", "ignored"]),
    reason: z.string().nullable().describe("Why it failed, waits or was ignored"),
    attempts: z.int(),
    received_at: z.string(),
    finished_at: z.string().nullable(),
    next_attempt_at: z.string().nullable(),
    status_posted: z.enum(["no", "waiting", "posted", "given_up"]).describe("Whether the commit shows the outcome"),
    outcome: pushOutcome.nullable(),
  })
  .meta({ id: "IncomingDelivery", description: "A push as it came in, and what came of it." });
export type IncomingDelivery = z.infer<typeof incomingDelivery>;

export const incomingDeliveryPage = z
  .object({ items: z.array(incomingDelivery), next_cursor: z.string().nullable() })
  .meta({
    id: "IncomingDeliveryPage",
    description: "A page of deliveries, newest first; without their outcomes' files.",
  });

/** The body of a generic hook (Standard Webhooks): the files themselves come along. */
export const genericPush = z.object({
  type: z.literal("push"),
  timestamp: z.string().optional(),
  data: z.object({
    commit: z.string().min(1).max(200).nullable().default(null),
    ref: z.string().max(300).nullable().default(null),
    pusher: z.string().max(200).nullable().default(null),
    files: z
      .array(z.object({ path: z.string().min(1).max(1000), content: z.string() }))
      .max(1000)
      .default([]),
    removed: z.array(z.string().min(1).max(1000)).max(1000).default([]),
  }),
});
export type GenericPush = z.infer<typeof genericPush>;

/** What waits in the queue `webhook-events`: a delivery that is in D1 already. */
export const hookMessage = z.strictObject({ delivery_id: incomingDeliveryId });
export type HookMessage = z.infer<typeof hookMessage>;
