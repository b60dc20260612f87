import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Result } from "../../domain/result.ts";
import { counters } from "./counters.ts";

/** Counts what became of a registration that came as far as its name's Registrar. */
export async function countPublish<Answer extends Registration | Registration[]>(
  kind: ArtifactKind,
  registering: Promise<Result<Answer, Failure>>,
): Promise<Result<Answer, Failure>> {
  const registered = await registering;
  if (!registered.ok) counters.publishes.add(kind, "rejected");
  else for (const { status } of [registered.value].flat()) counters.publishes.add(kind, status);
  return registered;
}
