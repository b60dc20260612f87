import type { Registrars } from "../bindings/durable/registrar.ts";
import { nameKey } from "../operations/lookup/lookup-memory.ts";

/** Finds the Registrar of a name. */
export function registrarsOf(env: Env): Registrars {
  return (kind, name) => {
    const stub = env.REGISTRAR.get(env.REGISTRAR.idFromName(nameKey(kind, name)));
    return {
      register: (candidate, by) => stub.register(candidate, by),
      setState: (request, by) => stub.setState(request, by),
      moveTag: (request, by) => stub.moveTag(request, by),
      publishSource: (draft, by) => stub.publishSource(draft, by),
      arm: (ofKind, ofName) => stub.arm(ofKind, ofName),
      disarm: (ticket) => stub.disarm(ticket),
    };
  };
}
