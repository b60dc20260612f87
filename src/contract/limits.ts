import { accessLimits } from "./limits/access-limits.ts";
import { agentLimits } from "./limits/agent-limits.ts";
import { documentLimits } from "./limits/document-limits.ts";
import { functionLimits } from "./limits/function-limits.ts";
import { ociLimits } from "./limits/oci-limits.ts";
import { runLimits } from "./limits/run-limits.ts";
import { timeLimits } from "./limits/time-limits.ts";
import { webhookLimits } from "./limits/webhook-limits.ts";
import { workflowLimits } from "./limits/workflow-limits.ts";

/*
 * Every limit of the registry, in one place. Each is enforced in code, because local simulators accept
 * more than production does (Cloudflare: 2 MB a D1 value, 25 MiB a KV value, 100 bound parameters a query).
 */

/** All of them. */
export const limits = {
  ...documentLimits,
  ...runLimits,
  ...functionLimits,
  ...ociLimits,
  ...agentLimits,
  ...workflowLimits,
  ...accessLimits,
  ...timeLimits,
  ...webhookLimits,
} as const;
