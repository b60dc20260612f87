import type { WorkflowStep, WorkflowStepConfig } from "cloudflare:workers";
import type { DurableSteps } from "../bindings/workflow/durable-steps.ts";
import { digestOfBytes } from "../domain/document/canonical-digest.ts";

/** Of work that throws: an outage of something that it needs. What a skill itself does wrong is a result. */
const config: WorkflowStepConfig = {
  retries: { limit: 8, delay: "1 second", backoff: "exponential" },
  timeout: "1 day",
};

/** Cloudflare's steps, with names as long as we like. */
export function durableStepsOf(step: WorkflowStep): DurableSteps {
  return {
    // biome-ignore lint/suspicious/noExplicitAny: its own type asks for what structured clone takes, which ours is and cannot say
    do: (name, work) => step.do<any>(stepName(name), config, work),
    sleep: (name, ms) => step.sleep(stepName(name), ms),
    awaitEvent: async (name, type, timeoutMs) => {
      try {
        const event = await step.waitForEvent(stepName(name), { type, timeout: Math.max(1, timeoutMs) });
        return { payload: structuredClone(event.payload) };
      } catch (error) {
        if (saysTimedOut(error)) return null;
        throw error;
      }
    },
  };
}

const nameLength = 200;

function stepName(name: string): string {
  if (name.length <= nameLength) return name;
  return `${name.slice(0, nameLength - 72)} ${digestOfBytes(new TextEncoder().encode(name))}`;
}

function saysTimedOut(error: unknown): boolean {
  return /timed out/i.test(String(error));
}
