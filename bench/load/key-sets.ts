import { seedName } from "../stage/seed-names.ts";
import { getRequest } from "./http-connection.ts";

/** Names that a hot set has. */
const hotNames = 100;

/** Requests in a fixed order that looks random: `hot` repeats few names, `uniform` asks for all alike. */
export function requestsFor(keySet: "hot" | "uniform", names: number, selector: string): () => Buffer {
  const asked = askedNames(keySet, names);
  const requests = Array.from({ length: asked }, (_, at) => getRequest(lookupPath(at, selector)));
  const next = randomIndex(asked);
  return () => requests[next()] ?? getRequest(lookupPath(0, selector));
}

/** How many names a key set asks for. */
export function askedNames(keySet: "hot" | "uniform", names: number): number {
  return keySet === "hot" ? Math.min(names, hotNames) : names;
}

export function lookupPath(index: number, selector: string): string {
  return `/v1/templates/${seedName(index)}${selector}`;
}

/** A linear congruential generator (Numerical Recipes' constants): the same order in each run. */
export function randomIndex(below: number): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
