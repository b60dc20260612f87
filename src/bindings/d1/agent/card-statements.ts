import { agentCard } from "../../../contract/agent/card.ts";
import type { Candidate } from "../../../domain/registration/candidate.ts";

const told = agentCard.pick({ url: true, labels: true });

/** The rows by which a card is found and asked: its skills, its address, its labels. Part of the commit that publishes it. */
export function publishCard(session: D1DatabaseSession, candidate: Candidate): D1PreparedStatement[] {
  const { kind, name, version, skills, flattened } = candidate;
  if (kind !== "agent") return [];
  const { url, labels = {} } = told.parse(JSON.parse(new TextDecoder().decode(flattened.bytes)));
  return [
    session
      .prepare(
        "INSERT INTO agent_skill (skill, name, version) SELECT value, ?1, ?2 FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING",
      )
      .bind(name, version, JSON.stringify(skills)),
    session
      .prepare("INSERT INTO agent_card (name, version, url, labels) VALUES (?, ?, ?, ?)")
      .bind(name, version, url, JSON.stringify(labels)),
  ];
}

/** The same rows of a version that is deleted. */
export function removeCard(session: D1DatabaseSession, name: string, version: string): D1PreparedStatement[] {
  return ["agent_skill", "agent_card"].map((table) =>
    session.prepare(`DELETE FROM ${table} WHERE name = ? AND version = ?`).bind(name, version),
  );
}
