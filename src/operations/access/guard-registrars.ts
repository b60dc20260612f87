import type { Registrars } from "../../bindings/durable/registrar.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import { refusal } from "../../domain/result.ts";

/** Why who asks may not change a name; null: they may. */
export type RefuseName = (kind: ArtifactKind, name: string) => Failure | null;

/** Registrars that change only names which who asks may change: so no way of publishing can forget to look. */
export function guardRegistrars(registrars: Registrars, refuse: RefuseName): Registrars {
  return (kind, name) => {
    const calls = registrars(kind, name);
    return {
      register: async (candidate, ...how) => {
        const refused = refuse(candidate.kind, candidate.name);
        return refused === null ? calls.register(candidate, ...how) : refusal(refused);
      },
      setState: async (request, ...how) => {
        const refused = refuse(request.kind, request.name);
        return refused === null ? calls.setState(request, ...how) : refusal(refused);
      },
      moveTag: async (request, ...how) => {
        const refused = refuse(request.kind, request.name);
        return refused === null ? calls.moveTag(request, ...how) : refusal(refused);
      },
      publishSource: async (draft, ...how) => {
        const refused = refusedAmong(refuse, "function", namesIn(draft));
        return refused === null ? calls.publishSource(draft, ...how) : refusal(refused);
      },
      arm: (...given) => calls.arm(...given),
      disarm: (...given) => calls.disarm(...given),
    };
  };
}

/** The same question where nothing is changed yet: a dry run is told what publishing would be. Without a guard, everyone may. */
export function refusedAmong(
  refuse: RefuseName | undefined,
  kind: ArtifactKind,
  names: readonly string[],
): Failure | null {
  for (const name of names) {
    const refused = refuse?.(kind, name) ?? null;
    if (refused !== null) return refused;
  }
  return null;
}

/** The names that a source publishes. */
export function namesIn({ functions }: { functions: readonly { id: string }[] }): string[] {
  return functions.map(({ id }) => id);
}
