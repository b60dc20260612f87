/**
 * How two steps of a graph hang together. `then`: begins when the other is done. `branch`: begins when what it stands in does; labelled with the
 * branch where there is a choice. `reads`: reads what the other gave; labelled with which part of it.
 */
export interface GraphEdge {
  /** Paths as `OutlineStep` has them. */
  from: string;
  to: string;
  kind: "then" | "branch" | "reads";
  label: string | null;
}
