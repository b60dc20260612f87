import { z } from "zod";

/** What can be published. */
export const artifactKind = z.enum(["template", "function", "workflow", "agent"]);
export type ArtifactKind = z.infer<typeof artifactKind>;

/** The word for many of a kind, as URLs and OCI repositories spell it. */
export const collectionOf = {
  template: "templates",
  function: "functions",
  workflow: "workflows",
  agent: "agents",
} as const satisfies Record<ArtifactKind, string>;
