/** What the rules of agent cards find beside those of every document's shape. Errors unless marked as warnings. */
export type AgentRuleCode =
  /** Two skills of one id. */
  | "skill_duplicate"
  /** A skill's schema is written twice, once in each spelling. */
  | "schema_twice"
  /** The document says another name than the one that it is published under. */
  | "name_differs"
  /** Neither an id, nor a name that one can be made of. */
  | "name_missing"
  /** Warning: a key that is kept as it is, and that is nearly one that is read. */
  | "similar_key";
