/** Something that an instance waits for has come about. */
export interface InstanceEvent {
  /** `run-{id}` for the end of a run, `answer-{…}` for the answer of an approval, `wake`. */
  type: string;
  payload: unknown;
}

/** Instances of runs of workflows, each named by its run's id. Every call may be repeated. */
export interface WorkflowInstances {
  /** Starts a run's instance, unless it was started. */
  start(runId: string): Promise<void>;
  /** False when there is no such instance, or it has ended. An event that nobody waits for yet is kept for who will. */
  tell(runId: string, event: InstanceEvent): Promise<boolean>;
  /**
   * Of a run that has not ended: starts its instance where there is none, and anew from its beginning where it broke off. On one's own machine,
   * where an instance sleeps on after a restart, it is woken too. Answers whether it had to be started.
   */
  resume(runId: string): Promise<boolean>;
  /** Ends an instance where it stands. */
  stop(runId: string): Promise<void>;
}
