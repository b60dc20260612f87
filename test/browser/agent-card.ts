export interface WrittenAgent {
  id: string;
  url: string;
  version?: string;
  skills?: Record<string, unknown>[];
  [key: string]: unknown;
}

/** An agent's card as JSON; valid by default. */
export function agentCard({ id, version = "1.0.0", skills = [{ id: "plan_code" }], ...others }: WrittenAgent): string {
  return JSON.stringify({ id, name: id, version, description: `What ${id} does.`, skills, ...others });
}
