/** What the rules of workflows find beside those of every document's shape. Errors unless marked as warnings. */
export type WorkflowRuleCode =
  // Steps.
  /** Two steps of one id that may both run, however deep they stand. */
  | "step_duplicate"
  /** A `step_type` that there is not. */
  | "step_type_unknown"
  /** A list that must have a step and is empty. */
  | "steps_empty"
  /** Steps inside of steps, deeper than the limit. */
  | "steps_too_deep"
  /** A key of steps of another type. */
  | "key_not_for_step"
  /** Warning: a `skill` on what has steps inside, where nobody calls it. */
  | "skill_ignored"
  /** A `skill` that is no reference to one. */
  | "skill_invalid"
  /** A timeout that is no duration, zero, or longer than is waited. */
  | "timeout_invalid"
  /** An approval has a `default` and no time after which it would count. */
  | "default_without_timeout"
  /** A map's `as` is a word that expressions mean something else by. */
  | "item_name_taken"
  // What expressions say and read.
  /** A text in braces, or a condition, that is no CEL. */
  | "expression_invalid"
  /** All expressions of a document together are longer than is read. */
  | "expressions_too_long"
  /** A function that CEL does not have. */
  | "function_unknown"
  /** A name that expressions begin with that there is not. */
  | "root_unknown"
  /** An input that the workflow does not declare. */
  | "input_undeclared"
  /** Warning: an input that a run may leave out, read without `has()`. */
  | "input_may_be_missing"
  /** The item of a map, outside of it. */
  | "item_outside_map"
  /** A step that there is not. */
  | "step_unknown"
  /** A step by an index that is computed, or all steps at once. */
  | "step_computed"
  /** Something else of a step than its outputs. */
  | "step_part_unknown"
  /** A step reads itself. */
  | "step_itself"
  /** A step that runs later, or that is not done yet. */
  | "step_later"
  /** A step that runs at the same time. */
  | "step_beside"
  /** A step of a branch that is not gone through when this one is. */
  | "step_other_branch"
  /** A step inside of a map, from outside of it. */
  | "step_in_map"
  /** A step that may not have run, without `has()`. */
  | "step_may_be_skipped"
  /** Something that a step does not give. */
  | "output_unknown"
  // Types, where they are known.
  /** An expression that surely fails, or that gives another type than is needed. */
  | "type_mismatch"
  /** Warning: nobody in this registry has the skill. */
  | "skill_unresolved"
  /** An input that the skill needs and the step does not give. */
  | "call_input_missing"
  /** An input that the skill does not have. */
  | "call_input_unknown";
