import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type LocalSandbox, openLocalSandbox } from "../../../scripts/local/local-sandbox.ts";
import { type EdgeCall, type EdgeOutcome, edgeOutcome } from "../../../src/contract/function/edge-call.ts";
import { digestOfBytes } from "../../../src/domain/document/canonical-digest.ts";
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
      const answer = await sandbox?.answer(JSON.stringify(aCall(code, given)));
      expect(answer?.status, answer?.body).toBe(200);
      return edgeOutcome.parse(JSON.parse(answer?.body ?? ""));
    },
  };
}

function aCall(code: string, given: Partial<EdgeCall>): EdgeCall {
  return {
    digest: digestOfBytes(new TextEncoder().encode(code)),
    code,
    entry: "f",
    inputs: {},
    caller: "a caller",
    cpu_ms: 1000,
    wall_ms: 10_000,
    output_bytes: 1024 * 1024,
    ...given,
  };
}
