import { artifactOf } from "./repository-kind.ts";

/**
 * What must be imported one after the other is in one lane: all templates, since they extend each other; else each repository by itself.
 */
export function importLane(repository: string): string {
  return artifactOf(repository)?.kind === "template" ? "templates" : repository;
}
