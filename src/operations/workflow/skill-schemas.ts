import { LRUCache } from "lru-cache";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import { agentCard } from "../../contract/agent/card.ts";
import type { PinnedAgent } from "../../contract/workflow/plan.ts";

type SkillSchemas = Pick<PinnedAgent, "input_schema" | "output_schema">;

// A card never changes under its digest, so this isolate may keep what it read of it.
const known = new LRUCache<string, { schemas: SkillSchemas; length: number }>({
  maxSize: 4 * 1024 * 1024,
  sizeCalculation: ({ length }) => length + 1,
});
const toldOfSkills = agentCard.pick({ skills: true });

/** The JSON Schemas of one skill of a card, by the digest of the card's flattened document; null where it says none. */
export async function loadSkillSchemas(blobs: R2Bucket, flattenedDigest: string, skill: string): Promise<SkillSchemas> {
  const key = `${flattenedDigest}#${skill}`;
  const before = known.get(key);
  if (before !== undefined) return before.schemas;
  const bytes = await readBlob(blobs, flattenedDigest);
  if (bytes === null) throw new Error(`blob ${flattenedDigest} is missing from R2`);
  const { skills } = toldOfSkills.parse(JSON.parse(new TextDecoder().decode(bytes)));
  const told = skills.find(({ id }) => id === skill);
  if (told === undefined) throw new Error(`the card ${flattenedDigest} has no skill ${skill}`);
  const schemas = {
    input_schema: told.input_schema ?? told.inputSchema ?? null,
    output_schema: told.output_schema ?? told.outputSchema ?? null,
  };
  known.set(key, { schemas, length: JSON.stringify(schemas).length });
  return schemas;
}
