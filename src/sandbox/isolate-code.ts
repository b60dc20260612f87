import type { EdgeOutcome } from "../contract/function/edge-call.ts";
import { limits } from "../contract/limits.ts";
import guardText from "./isolate/guard.js";
import mainText from "./isolate/main.js";

/** The name of a function's own module, which its stacks show. */
export const functionModule = "function.js";

const limitsText = `
export const depth = ${limits.documentDepth};
export const logLines = ${limits.edgeLogLines};
export const logLineLength = ${limits.edgeLogLineLength};
`;

/** What the harness in an isolate answers. `value` is JSON. `used`: this isolate has served a call, and serves no other. */
export type IsolateAnswer =
  | { state: "used" }
  | { state: "returned"; value: string; log: string[] }
  | Omit<Extract<EdgeOutcome, { state: "failed" }>, "wall_ms">;

/** What src/sandbox/isolate/main.js can be asked for. */
export interface IsolateCalls extends Rpc.WorkerEntrypointBranded {
  prepare(): void;
  call(entry: string, inputs: string, outputBytes: number, mayServeAgain: boolean): IsolateAnswer;
  end(): void;
}

/** An isolate for a function: our harness, the function's module, and nothing else. No network, no bindings, no environment. */
export function isolateCode(code: string, cpuMs: number): WorkerLoaderWorkerCode {
  return {
    compatibilityDate: "2026-11-01",
    mainModule: "main.js",
    modules: { "main.js": mainText, "guard.js": guardText, "limits.js": limitsText, [functionModule]: code },
    env: {},
    globalOutbound: null,
    limits: { cpuMs, subRequests: 0 },
  };
}
