import type { AgentCard } from "../../contract/agent/card.ts";
import type { HealthCheck, HealthState } from "../../contract/agent/health.ts";
import type { AgentSkill } from "../../contract/agent/skill.ts";
import { describeSchema } from "./describe-schema.ts";
import { facts } from "./facts.ts";
import type { Colors, Terminal } from "./open-terminal.ts";
import { plainText } from "./plain-text.ts";
import { showAge } from "./show-time.ts";

/** An agent card for people: where it answers, whether it does, and each skill with what it takes and gives. */
export function renderAgent(
  terminal: Terminal,
  title: readonly string[],
  card: AgentCard,
  health: HealthCheck | null,
  nowMs: number,
): string {
  const { colors } = terminal;
  const parts = [...title, "", `  ${colors.bold(plainText(card.name))}`];
  if (card.description !== undefined) parts.push(...card.description.split("\n").map((line) => `  ${plainText(line)}`));
  const labels = Object.entries(card.labels ?? {}).map(([key, value]) => `${key}=${plainText(value)}`);
  const known = [
    ["url", plainText(card.url)],
    ["health", health === null ? null : describeHealth(health, colors, nowMs)],
    ["labels", labels.length === 0 ? null : labels.join(", ")],
    ["provider", card.provider === undefined ? null : plainText(card.provider.organization)],
    ["documentation", card.documentationUrl === undefined ? null : plainText(card.documentationUrl)],
  ] as const;
  parts.push("", indented(facts(known, colors)), "", `  ${colors.dim("SKILLS")}`);
  for (const skill of card.skills) parts.push(indented(renderSkill(skill, colors)));
  return parts.join("\n");
}

/** Whether an agent answers, for people: `healthy, 12 ms, asked 40 s ago`. */
export function describeHealth(health: HealthCheck, colors: Colors, nowMs: number): string {
  const parts = [paintHealth(health.state, colors)];
  if (health.latency_ms !== null) parts.push(`${health.latency_ms} ms`);
  if (health.checked_at !== null) parts.push(`asked ${showAge(health.checked_at, nowMs)} ago`);
  const why = health.message === null ? "" : `: ${plainText(health.message)}`;
  return `${parts.join(", ")}${why}`;
}

const healthColor = {
  healthy: "green",
  unknown: "yellow",
  unhealthy: "red",
} as const satisfies Record<HealthState, keyof Colors>;

/** A state of health in its colour; any other text as it is. */
export function paintHealth(text: string, colors: Colors): string {
  for (const [state, color] of Object.entries(healthColor)) if (text === state) return colors[color](text);
  return text;
}

function renderSkill(skill: AgentSkill, colors: Colors): string {
  const name = skill.name === undefined || skill.name === skill.id ? "" : `  ${plainText(skill.name)}`;
  const takes = skill.input_schema ?? skill.inputSchema;
  const gives = skill.output_schema ?? skill.outputSchema;
  const known = [
    ["takes", takes === undefined ? null : describeSchema(takes)],
    ["gives", gives === undefined ? null : describeSchema(gives)],
    ["tags", skill.tags === undefined || skill.tags.length === 0 ? null : skill.tags.map(plainText).join(", ")],
  ] as const;
  const told = facts(known, colors);
  return [
    colors.bold(skill.id) + name,
    ...(skill.description === undefined ? [] : [indented(plainText(skill.description))]),
    ...(told === "" ? [] : [indented(told)]),
  ].join("\n");
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
