import { createHash } from "node:crypto";
import type { EdgeCall } from "../../src/contract/function/edge-call.ts";
import { limits } from "../../src/contract/limits.ts";

/** What every step of the bench does, on every side. */
export const source = `/** Adds one. */
export function add_one({ n }: { n: number }): { n: number } {
  return { n: n + 1 };
}
`;
const code = "export function add_one({ n }) {\n  return { n: n + 1 };\n}\n";

/** A call of it as the sandbox takes it, but for its inputs. */
export const call: Omit<EdgeCall, "inputs"> = {
  digest: `sha256:${createHash("sha256").update(code).digest("hex")}`,
  code,
  entry: "add_one",
  caller: "bench",
  cpu_ms: limits.edgeCpuMs,
  wall_ms: limits.edgeWallMs,
  output_bytes: limits.edgeOutputBytes,
};
