/** How long a route may take until its answer begins (`time` in http/route.ts says which may take longer). */
export const timeLimits = {
  /** Whatever says nothing else. */
  routeSeconds: 30,
  /** Walks over the registry, batches, and what waits for other machines. */
  longRouteSeconds: 300,
} as const;
