import type { HealthState } from "../../contract/agent/health.ts";
import { element } from "../parts/element.ts";

const titles = {
  healthy: "answered when it was last asked",
  unknown: "not asked yet, or not asked at all",
  unhealthy: "did not answer as it should when it was last asked",
} as const satisfies Record<HealthState, string>;

const words = {
  healthy: "healthy",
  unknown: "health unknown",
  unhealthy: "unhealthy",
} as const satisfies Record<HealthState, string>;

/** An agent's health, in a word and a colour. */
export function healthBadge(state: HealthState): HTMLElement {
  return element("span", { class: `badge badge-${state}`, title: titles[state] }, words[state]);
}
