/** What the rules of workflows find beside those of every document's shape, and beside those of agent cards. All are errors. */
export type WorkflowRuleCode =
  /** Two steps of one id, however deep they stand. */
  "step_duplicate";
