import { type EdgeCall, type EdgeOutcome, edgeOutcome } from "../../contract/function/edge-call.ts";

/** Runs JavaScript functions, each call in an isolate that no other call meets. */
export interface EdgeSandbox {
  /** Whatever the code does, there is an outcome. Throws when the sandbox itself cannot be reached. */
  call(call: EdgeCall): Promise<EdgeOutcome>;
}

/** The sandbox Worker behind a service binding. By `fetch`, because on one machine a process of its own stands behind it. */
export function edgeSandboxOf(binding: Pick<Fetcher, "fetch">): EdgeSandbox {
  return {
    call: async (call) => {
      const response = await binding.fetch("http://sandbox/call", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(call),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`the sandbox answered ${response.status}: ${text.slice(0, 200)}`);
      return edgeOutcome.parse(JSON.parse(text));
    },
  };
}
