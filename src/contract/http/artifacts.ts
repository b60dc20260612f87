import { functionRoutes } from "./functions.ts";
import { templateRoutes } from "./templates.ts";

/** The routes that each kind has, by kind: what works for one kind of artifact works for all. */
export const artifactRoutes = { template: templateRoutes, function: functionRoutes } as const;

/** The kinds that have routes. */
export type RoutedKind = keyof typeof artifactRoutes;
