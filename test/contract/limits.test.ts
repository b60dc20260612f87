import { expect, test } from "vitest";
import { accessLimits } from "../../src/contract/limits/access-limits.ts";
import { agentLimits } from "../../src/contract/limits/agent-limits.ts";
import { documentLimits } from "../../src/contract/limits/document-limits.ts";
import { functionLimits } from "../../src/contract/limits/function-limits.ts";
import { ociLimits } from "../../src/contract/limits/oci-limits.ts";
import { runLimits } from "../../src/contract/limits/run-limits.ts";
import { timeLimits } from "../../src/contract/limits/time-limits.ts";
import { webhookLimits } from "../../src/contract/limits/webhook-limits.ts";
import { workflowLimits } from "../../src/contract/limits/workflow-limits.ts";
import { limits } from "../../src/contract/limits.ts";

test("no limit has the name of another: one of them would silently be lost", () => {
  const groups = [
    documentLimits,
    runLimits,
    functionLimits,
    ociLimits,
    agentLimits,
    workflowLimits,
    accessLimits,
    timeLimits,
    webhookLimits,
  ];
  expect(Object.keys(limits)).toHaveLength(groups.reduce((sum, group) => sum + Object.keys(group).length, 0));
});
