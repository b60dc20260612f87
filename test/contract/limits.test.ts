import { expect, test } from "vitest";
import {
  agentLimits,
  documentLimits,
  functionLimits,
  limits,
  ociLimits,
  runLimits,
  workflowLimits,
} from "../../src/contract/limits.ts";

test("no limit has the name of another: one of them would silently be lost", () => {
  const groups = [documentLimits, runLimits, functionLimits, ociLimits, agentLimits, workflowLimits];
  expect(Object.keys(limits)).toHaveLength(groups.reduce((sum, group) => sum + Object.keys(group).length, 0));
});
