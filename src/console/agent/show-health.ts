import type { AgentHealth } from "../../contract/agent/health.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { getAgentHealth } from "../../contract/http/agents.ts";
import type { Registry } from "../open-registry.ts";
import { button, type Child, element } from "../parts/element.ts";
import { told } from "../parts/failure-panel.ts";
import { showTime } from "../parts/show-time.ts";
import { healthBadge } from "./health-badge.ts";

/** Places that tell an agent's health: a word for its head, and what is behind it. Both are empty until the registry has told it. */
export function showHealth(
  registry: Registry,
  { name, version }: ResolvedArtifact,
  left: AbortSignal,
): { badge: HTMLElement; detail: HTMLElement } {
  const badge = element("span", { class: "slot" });
  const detail = element("span", { role: "status" });

  async function load(): Promise<void> {
    try {
      const health = await registry.client.call(getAgentHealth, { params: { name }, signal: left });
      badge.replaceChildren(healthBadge(health.state));
      detail.replaceChildren(...sentencesOf(health, version).filter((part) => part !== null));
    } catch (failure) {
      if (left.aborted) return;
      badge.replaceChildren();
      detail.replaceChildren(`not known: ${told(failure).detail} `, button("Ask again", { class: "chip" }, load));
    }
  }

  void load();
  return { badge, detail };
}

function sentencesOf(health: AgentHealth, shown: string): Child[] {
  const ofOther = health.version === shown ? null : ` This is asked of its newest card, ${health.version}.`;
  return [...stateOf(health), ofOther];
}

function stateOf({ state, message, checked_at, changed_at, latency_ms, failures }: AgentHealth): Child[] {
  const asked = checked_at === null ? [] : [", ", showTime(checked_at)];
  const since = changed_at === null ? [] : [`; ${state} since `, showTime(changed_at)];
  switch (state) {
    case "healthy":
      return [latency_ms === null ? "It answered" : `It answered in ${latency_ms} ms`, ...asked, ...since, "."];
    case "unhealthy":
      return [
        message ?? "It did not answer",
        ...asked,
        ...since,
        failures > 1 ? `, ${failures} checks in a row.` : ".",
      ];
    case "unknown":
      return [message ?? "It was not asked yet", ...asked, "."];
  }
}
