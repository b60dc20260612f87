import type { Registrars } from "../bindings/durable/registrar.ts";
import { type Origin, ownOrigin } from "../contract/access/origin.ts";
import { nameKey } from "../operations/lookup/lookup-memory.ts";
import { countPublish } from "../operations/metrics/count-publish.ts";

/** Finds the Registrar of a name, for changes that come from there. */
export function registrarsOf(env: Env, origin: Origin = ownOrigin): Registrars {
  return (kind, name) => {
    const stub = env.REGISTRAR.get(env.REGISTRAR.idFromName(nameKey(kind, name)));
    return {
      register: (candidate, by) => countPublish(kind, stub.register(candidate, by, origin)),
      setState: (request, by) => stub.setState(request, by, origin),
      moveTag: (request, by) => stub.moveTag(request, by, origin),
      publishSource: (draft, by) => countPublish(kind, stub.publishSource(draft, by, origin)),
      arm: (ofKind, ofName) => stub.arm(ofKind, ofName),
      disarm: (ticket) => stub.disarm(ticket),
    };
  };
}
