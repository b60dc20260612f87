/** What concerns agent cards. */
export const agentLimits = {
  skillsPerAgent: 200,
  labelsPerAgent: 64,
  /** Tags of one skill, and its examples. */
  textsPerSkill: 100,
  /** Media types that a card, or one of its skills, takes or gives. */
  mediaTypesPerAgent: 100,
  /** Further addresses of one agent. */
  interfacesPerAgent: 50,
  /** Agents, by name, that are looked at when a skill is asked for. */
  agentsPerSkill: 1000,
  /** One health check. */
  healthTimeoutMs: 5000,
  /** How long what a check found is good, and for how long it is kept once the agent is asked no more. */
  healthGoodSeconds: 50,
  healthKeptSeconds: 24 * 3600,
  /** Agents that one sweep asks; the others are the next one's. */
  healthChecksPerSweep: 120,
  /** What checking one value by the JSON Schema of a card may take: one for each place of the value and each schema that looks at it. */
  schemaSteps: 5_000_000,
} as const;
