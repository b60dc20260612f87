import type { Origin } from "../contract/access/origin.ts";
import type { ArtifactKind } from "../contract/artifact/kind.ts";
import type { Failure } from "../contract/failure.ts";
import type { Caller } from "../domain/access/caller.ts";
import { judgeName } from "../domain/access/judge-caller.ts";
import { repositoryOf } from "../domain/oci/repository-kind.ts";

/** Who sent one request. Until that is known, nobody: who may do nothing to any name. */
export class Asker {
  readonly #origin: Origin;
  #caller: Caller | null = null;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get caller(): Caller | null {
    return this.#caller;
  }

  get names(): readonly string[] {
    return this.#caller?.names ?? [];
  }

  /** The first answer stands: later ones are about parts of the request, as the repository that a blob is mounted from. */
  readonly note = (caller: Caller): void => {
    if (this.#caller !== null) return;
    this.#caller = caller;
    this.#origin.token_id = caller.tokenId;
  };

  readonly refuseName = (kind: ArtifactKind, name: string): Failure | null =>
    judgeName({ name: this.#caller?.name ?? "nobody", names: this.names }, repositoryOf(kind, name));
}
