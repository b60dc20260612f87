import { z } from "zod";
import { artifactKind } from "../artifact/kind.ts";
import { cursor } from "./query.ts";
import { route } from "./route.ts";

export const health = z
  .object({
    status: z.enum(["ok", "degraded"]),
    release: z.string(),
    api: z.literal("v1"),
    seq: z.int().nullable(),
    region: z.string(),
  })
  .meta({ id: "Health" });

/** One disagreement between D1, KV and R2. */
export const disagreement = z
  .object({
    kind: artifactKind.nullable().describe("Null: `name` is a repository"),
    name: z.string(),
    version: z.string().nullable(),
    where: z.enum([
      "kv_index",
      "kv_document",
      "r2_source",
      "r2_document",
      "r2_flattened",
      "r2_code",
      "r2_analysis",
      "d1_tag",
      "d1_catalogue",
      "d1_search",
      "d1_manifest",
      "r2_oci_blob",
      "r2_oci_manifest",
      "d1_oci_reference",
      "d1_oci_tag",
    ]),
    message: z.string(),
  })
  .meta({ id: "Disagreement" });
export type Disagreement = z.infer<typeof disagreement>;

/** A slice of verify or rebuild; call again with `next_cursor` until it is null. */
export const maintenanceAnswer = z
  .object({
    names: z.int(),
    versions: z.int(),
    disagreements: z.array(disagreement),
    next_cursor: z.string().nullable(),
  })
  .meta({ id: "MaintenanceAnswer" });
export type MaintenanceAnswer = z.infer<typeof maintenanceAnswer>;

/** The same of verify, which looks at repositories too: at their blobs and manifests. */
export const verifyAnswer = maintenanceAnswer
  .extend({ blobs: z.int(), manifests: z.int() })
  .meta({ id: "VerifyAnswer" });
export type VerifyAnswer = z.infer<typeof verifyAnswer>;

export const getHealth = route({
  operationId: "getHealth",
  method: "GET",
  path: "/healthz",
  tag: "Registry",
  summary: "Liveness, release and the state reached",
  access: "open",
  answers: { 200: { description: "Alive; `degraded` when D1 does not answer", schema: health } },
  failures: [],
});

export const getOpenapi = route({
  operationId: "getOpenapi",
  method: "GET",
  path: "/openapi.json",
  tag: "Registry",
  summary: "This API as OpenAPI 3.1, with every live template",
  access: "read",
  answers: { 200: { description: "An OpenAPI 3.1 document", schema: z.record(z.string(), z.unknown()) } },
  failures: ["UNAVAILABLE"],
});

export const verifyRegistry = route({
  operationId: "verifyRegistry",
  method: "GET",
  path: "/v1/admin/verify",
  tag: "Registry",
  summary: "Check that D1, KV and R2 agree",
  access: "admin",
  time: "long",
  query: z.strictObject({ cursor }),
  answers: { 200: { description: "What disagrees in this slice", schema: verifyAnswer } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});

export const rebuildCaches = route({
  operationId: "rebuildCaches",
  method: "POST",
  path: "/v1/admin/rebuild",
  tag: "Registry",
  summary: "Write KV anew from D1 and R2",
  access: "admin",
  time: "long",
  query: z.strictObject({ cursor }),
  answers: { 200: { description: "What was rebuilt in this slice, and what could not be", schema: maintenanceAnswer } },
  failures: ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});

export const getMetrics = route({
  operationId: "getMetrics",
  method: "GET",
  path: "/metrics",
  tag: "Registry",
  summary: "Counters and gauges, in Prometheus' text format",
  description:
    "Gauges (queue depths, waiting runs, deliveries) are the registry's; counters are those of the process that answers: all of them on one machine, one of many on Cloudflare, where Analytics Engine has the sums (docs/operations.md).",
  access: "admin",
  answers: { 200: { description: "Prometheus text format 0.0.4", mediaType: "text/plain" } },
  failures: ["UNAUTHENTICATED", "FORBIDDEN", "UNAVAILABLE"],
});
