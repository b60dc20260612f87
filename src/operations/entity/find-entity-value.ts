import type { Failure } from "../../contract/failure.ts";
import type { EntityValue } from "../../contract/http/entities.ts";
import { formatAddress } from "../../domain/entity/address.ts";
import { parseAddress } from "../../domain/entity/parse-address.ts";
import { readAtAddress } from "../../domain/entity/read-at-address.ts";
import { suggestAddress } from "../../domain/entity/suggest-address.ts";
import { pointerOf } from "../../domain/pointer.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { entityNotFound } from "./entity-answer.ts";
import { type EntityNeeds, loadEntity } from "./load-entity.ts";

/** The value at an address of an entity; `at` is what follows the id in that address. */
export async function findEntityValue(
  needs: EntityNeeds,
  ecsId: string,
  at: string,
): Promise<Result<EntityValue, Failure>> {
  const text = `@${ecsId}${at}`;
  const address = parseAddress(text);
  if (!address.ok) return invalidAt(`${text} is no address: ${address.failure.message}`, suggestAddress(text));
  const entity = await loadEntity(needs, ecsId);
  if (entity === null) return entityNotFound(ecsId);
  const found = readAtAddress(entity.data, address.value);
  if (!found.ok) return invalidAt(found.failure.message, found.failure.suggestion);
  const { value, address: read } = found.value;
  return success({ address: formatAddress(read), entity: ecsId, path: pointerOf(read.steps), value });
}

/** An entity never changes, so what it does not have at an address it will never have: the request is wrong. */
function invalidAt(message: string, suggestion: string | null): Result<never, Failure> {
  const found = { severity: "error" as const, path: "/query/at", line: null, column: null, code: "address_missing" };
  return refusal({ code: "INVALID_REQUEST", message, issues: [{ ...found, message, suggestion }] });
}
