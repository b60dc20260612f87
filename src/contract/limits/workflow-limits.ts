/** What concerns workflows and the expressions in them. */
export const workflowLimits = {
  /** One expression, without its braces. */
  expressionLength: 2000,
  /** Nesting of brackets, arguments and operands in one expression. */
  expressionDepth: 32,
  /** Names, constants, operators and calls in one expression. */
  expressionNodes: 500,
  /** Steps that evaluating one expression may take: one for each part that is looked at, more for what reads long texts and lists. */
  expressionSteps: 100_000,
  /** JSON of all outputs that the expressions of one step's inputs may read. */
  expressionReadBytes: 16 * 1024 * 1024,
  /** Levels of steps inside of steps. */
  workflowDepth: 8,
  /** Steps of one workflow, those inside of others too. */
  workflowSteps: 500,
  /** Attempts after the first one. */
  retryCount: 19,
  /** Between two attempts. */
  retryWaitSeconds: 24 * 3600,
  /** Of one step that calls a skill. */
  stepTimeoutSeconds: 7 * 24 * 3600,
  /** Of a whole workflow, and of all that waits for people or for other steps. Cloudflare Workflows wait a year at most. */
  workflowTimeoutSeconds: 365 * 24 * 3600,
  /** Items of one map at the same time. */
  mapConcurrency: 100,
  /** Items of one map. */
  mapItems: 10_000,
  /** Calls and questions of one run, those of each item counted. Cloudflare Workflows take 25,000 steps an instance; one of ours may take several. */
  stepsPerRun: 5000,
  /** Steps that `GET /v1/runs/{id}` tells; `/steps` has all. */
  stepsPerAnswer: 1000,
  stepPathLength: 1000,
  /** Workflows that call each other, one inside of the other. */
  workflowNesting: 8,
  /** Different skills of a run, those of the workflows that it calls too. */
  skillsPerRun: 1000,
  /** JSON of all that a run of a workflow pins: its document, those of the workflows that it calls, and who answers to their skills. */
  planBytes: 8 * 1024 * 1024,
  approvers: 50,
  /** What somebody says with an answer. */
  commentLength: 2000,
  /** Of one call of an agent, when the step says no `timeout`; and what it may answer, as JSON. */
  agentCallSeconds: 300,
  /** Of one call of an agent, whatever the step says: one attempt is one step of Cloudflare's. */
  agentCallMostSeconds: 12 * 3600,
  agentAnswerBytes: 4 * 1024 * 1024,
  /** Expressions of one document, together: reading one costs more than its length. */
  expressionsLength: 64 * 1024,
} as const;
