import type { ArtifactKind } from "../artifact/kind.ts";
import { agentRoutes } from "./agents.ts";
import type { ArtifactRoutes } from "./artifact-routes.ts";
import { functionRoutes } from "./functions.ts";
import { templateRoutes } from "./templates.ts";
import { workflowRoutes } from "./workflows.ts";

/** The routes of the kinds that have an interface, by kind. */
export const callableRoutes = { template: templateRoutes, function: functionRoutes, workflow: workflowRoutes } as const;

/** The kinds that have an interface. */
export type CallableKind = keyof typeof callableRoutes;

/** Whether artifacts of a kind have an interface: can be described, compared, checked and run. */
export function isCallable(kind: ArtifactKind): kind is CallableKind {
  return Object.hasOwn(callableRoutes, kind);
}

/** The routes that every kind has, by kind. */
export const artifactRoutes = {
  ...callableRoutes,
  agent: agentRoutes,
} as const satisfies Record<ArtifactKind, ArtifactRoutes>;
