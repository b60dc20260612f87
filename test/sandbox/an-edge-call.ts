import type { EdgeCall } from "../../src/contract/function/edge-call.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";

/** A call of the function `f` of a source. */
export function anEdgeCall(code: string, given: Partial<EdgeCall> = {}): EdgeCall {
  return {
    digest: digestOfBytes(new TextEncoder().encode(code)),
    code,
    entry: "f",
    inputs: {},
    caller: "a caller",
    cpu_ms: 1000,
    wall_ms: 5000,
    output_bytes: 1024 * 1024,
    ...given,
  };
}
