import type { Command } from "commander";
import type { Client } from "../../client/create-client.ts";
import type { SkillAnswer, SkillCandidate } from "../../contract/agent/skill-answer.ts";
import { getSkill } from "../../contract/http/skills.ts";
import { type ListedSkill, listSkills, type SkillAnswerer } from "../agents/list-skills.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { gather } from "../runs/label-flags.ts";
import { inSession, type Session } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { count, plainText } from "../terminal/plain-text.ts";
import { paintHealth } from "../terminal/render-agent.ts";
import { table } from "../terminal/table.ts";

/** `callsheet skills`. */
export function addSkillsCommand(program: Command): void {
  program
    .command("skills")
    .description("what can be called by name, and who answers: functions, templates, workflows, agents")
    .argument("[skill]", "who answers to one: name, name@^1, name@tag; workflow/name for one kind only")
    .option("--label <key:value>", "only agents that have this label; several times: all of them", gather)
    .addHelpText("after", exampleText("skills", "skills plan", "skills plan@^1 --label team:vision"))
    .action((skill: string | undefined, flags: { label?: string[] }, command: Command) =>
      inSession(command, (session) => {
        const labels = (flags.label ?? []).map(readLabel);
        return skill === undefined ? printSkills(session, new Map(labels)) : printSkill(session, skill, labels);
      }),
    );
}

/** Also written with =, as labels of runs are. */
function readLabel(text: string): [key: string, value: string] {
  const [, key, value] = /^([^:=]{1,63})[:=](.*)$/s.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return [key, value];
  throw new CommandRefusal(`--label ${plainText(text)}: write key:value, like --label team:vision`);
}

async function printSkills({ client, terminal }: Session, labels: ReadonlyMap<string, string>): Promise<undefined> {
  const items = await listSkills(client(), labels);
  terminal.answer({ items }, () => {
    if (items.length > 0) return table(terminal, ["SKILL", "ANSWERED BY"], items.map(rowOf), paintFirst(terminal));
    return labels.size > 0
      ? "no agent has these labels; `callsheet agents` lists them"
      : "nothing can be called yet; `callsheet publish <folder>` registers templates, functions, workflows and agents";
  });
}

function rowOf({ skill, answers }: ListedSkill): string[] {
  return [skill, answers.map(answererText).join(", ")];
}

function answererText({ kind, name, version, health }: SkillAnswerer): string {
  return `${kind} ${name} ${version}${health === null ? "" : ` (${health.state})`}`;
}

async function printSkill(
  { client, terminal }: Session,
  skill: string,
  labels: readonly (readonly [string, string])[],
): Promise<undefined> {
  const label = labels.map(([key, value]) => `${key}:${value}`);
  const answer = await readSkill(client(), skill, label);
  terminal.answer(answer, () => {
    const { chosen, candidates } = answer;
    const told = `${terminal.colors.bold(answer.skill)} is answered by ${chosen.kind} ${chosen.name} ${chosen.version}`;
    const of = candidates.length > 1 ? `, the first of ${count(candidates.length, "candidate")}` : "";
    const head = ["KIND", "NAME", "VERSION", "STATE", "HEALTH", "URL", "LABELS"];
    return `${told}${of}\n\n${table(terminal, head, candidates.map(candidateRow), (text, column) =>
      column === 1 ? terminal.colors.bold(text) : column === 4 ? paintHealth(text, terminal.colors) : text,
    )}`;
  });
}

function candidateRow({ kind, name, version, state, health, url, labels }: SkillCandidate): string[] {
  const told = Object.entries(labels ?? {}).map(([key, value]) => `${key}:${value}`);
  return [kind, name, version, state, health?.state ?? "", url ?? "", told.join(", ")];
}

/** Who answers to a skill, with every candidate. */
async function readSkill(client: Client, skill: string, label: readonly string[]): Promise<SkillAnswer> {
  const query = { limit: "200", ...(label.length === 0 ? {} : { label: [...label] }) };
  const first = await client.call(getSkill, { params: { skill }, query });
  const candidates = [...first.candidates];
  for (let cursor = first.next_cursor; cursor !== null; ) {
    const page = await client.call(getSkill, { params: { skill }, query: { ...query, cursor } });
    candidates.push(...page.candidates);
    cursor = page.next_cursor;
  }
  return { ...first, candidates, next_cursor: null };
}

function paintFirst({ colors }: Terminal) {
  return (text: string, column: number): string => (column === 0 ? colors.bold(text) : text);
}
