import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type LocalSandbox, openLocalSandbox } from "../../../scripts/local/local-sandbox.ts";
import { type EdgeCall, type EdgeOutcome, edgeOutcome } from "../../../src/contract/function/edge-call.ts";
import { anEdgeCall } from "../../sandbox/an-edge-call.ts";
import { frozenBundle } from "./frozen-bundle.ts";

/** Calls functions in the sandbox of one machine. */
export interface EdgeCalls {
  /** Calls the function `f` of a source. */
  call(code: string, given?: Partial<EdgeCall>): Promise<EdgeOutcome>;
}

/** Opens a sandbox for the tests of one file. `isolation`: EDGE_ISOLATION. */
export function edgeCalls(isolation: "call" | "caller" = "call"): EdgeCalls {
  const { scriptPath } = frozenBundle();
  let sandbox: LocalSandbox | undefined;
  beforeAll(() => {
    sandbox = openLocalSandbox(join(dirname(dirname(scriptPath)), "sandbox"), isolation);
  });
  afterAll(() => sandbox?.stop());
  return {
    call: async (code, given = {}) => {
      const answer = await sandbox?.answer(JSON.stringify(anEdgeCall(code, { wall_ms: 10_000, ...given })));
      expect(answer?.status, answer?.body).toBe(200);
      return edgeOutcome.parse(JSON.parse(answer?.body ?? ""));
    },
  };
}
