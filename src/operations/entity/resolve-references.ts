import { loadEntityRows } from "../../bindings/d1/entity/entity-row.ts";
import { everyName } from "../../contract/access/name-pattern.ts";
import type { EntityType } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { utf8SizeBytes } from "../../domain/document/utf8-size.ts";
import { borrowValues, type ResolvedValues } from "../../domain/entity/borrow-values.ts";
import { findReferences, type Reference } from "../../domain/entity/find-references.ts";
import { isOfFitting } from "../../domain/entity/fitting-lineage.ts";
import { readAtAddress, type ValueAtAddress } from "../../domain/entity/read-at-address.ts";
import { noReferenceFindings, type ReferenceFindings, reportReference } from "../../domain/entity/reference-issues.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { dataOf, type EntityNeeds } from "./load-entity.ts";

type Loading = { references: ReadonlyMap<string, Reference>; findings: ReferenceFindings; start: string };

/**
 * Puts what references mean in their places: `@uuid.field` becomes a copy of that value, `@@x` the string `@x`. Everything that is wrong is
 * reported together, with JSON Pointers that begin with `start`.
 */
export async function resolveReferences(
  needs: EntityNeeds,
  values: Record<string, unknown>,
  start = "",
): Promise<Result<ResolvedValues, Failure>> {
  const findings = noReferenceFindings();
  const references = findReferences(values, findings, start);
  if (findings.issues.some((issue) => issue.code === "too_many_references")) return refusalOf(findings);
  const picked = await pickValues(needs, { references, findings, start });
  if (findings.count > 0) return refusalOf(findings);
  const resolved = borrowValues(values, references, picked, findings, start);
  return resolved === null ? refusalOf(findings) : success(resolved);
}

/** One entity's data at a time, and of these only what is referred to: together they may be larger than memory. */
async function pickValues(needs: EntityNeeds, loading: Loading): Promise<Map<string, ValueAtAddress>> {
  const picked = new Map<string, ValueAtAddress>();
  const byEntity = Map.groupBy(loading.references, ([, { address }]) => address.ecsId);
  const rows = new Map((await loadEntityRows(needs.db, [...byEntity.keys()])).map((row) => [row.ecs_id, row]));
  let bytes = 0;
  for (const [ecsId, wanted] of byEntity) {
    const row = rows.get(ecsId);
    if (row === undefined || !isOfFitting(row.type, needs.asker?.names ?? [everyName])) {
      for (const [, { paths }] of wanted) reportMissing(loading, ecsId, paths, row?.type ?? null);
      continue;
    }
    const data = await dataOf(needs.blobs, row);
    for (const [text, { address, paths }] of wanted) {
      const found = readAtAddress(data, address);
      if (found.ok) {
        bytes += utf8SizeBytes(JSON.stringify(found.value.value)) * paths.length;
        if (bytes > limits.valueBytes) return reportTooLarge(loading, text, bytes);
        picked.set(text, found.value);
      } else {
        for (const path of paths)
          reportReference(loading.findings, "address_missing", `${loading.start}${path}`, () => found.failure);
      }
    }
  }
  return picked;
}

/** `type`: of an entity that there is, and that who asks may not see. */
function reportMissing(
  { findings, start }: Loading,
  ecsId: string,
  paths: readonly string[],
  type: EntityType | null,
): void {
  const why = type === null ? `there is no entity ${ecsId}` : `entity ${ecsId} is of a name that your token is not for`;
  for (const path of paths) {
    reportReference(findings, "entity_missing", `${start}${path}`, () => ({
      message: why,
      suggestion: "GET /v1/entities lists those that there are",
    }));
  }
}

function reportTooLarge({ findings, start }: Loading, text: string, bytes: number): Map<string, ValueAtAddress> {
  reportReference(findings, "too_large", start, () => ({
    message: `up to ${text} the references stand for ${bytes} bytes of JSON; together at most ${limits.valueBytes} are taken`,
    suggestion: "borrow parts of lists and maps, or send large values as files",
  }));
  return new Map();
}

/** Entities that are not there are a failure of their own only where nothing else is wrong. */
function refusalOf({ issues, count }: ReferenceFindings): Result<never, Failure> {
  const isMissing = issues.every((issue) => issue.code === "entity_missing");
  const code = isMissing && count === issues.length ? "ENTITY_NOT_FOUND" : "INVALID_INPUTS";
  const first = issues[0]?.message ?? "a reference cannot be resolved";
  const message = count > 1 ? `${count} references cannot be resolved: ${first}` : first;
  return refusal({ code, message, issues, issueCount: count });
}
