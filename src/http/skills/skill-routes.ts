import type { Hono } from "hono";
import { z } from "zod";
import { healthState } from "../../contract/agent/health.ts";
import type { SkillAnswer } from "../../contract/agent/skill-answer.ts";
import { artifactKind } from "../../contract/artifact/kind.ts";
import { version } from "../../contract/artifact/version.ts";
import { getSkill } from "../../contract/http/skills.ts";
import { limits } from "../../contract/limits.ts";
import { success } from "../../domain/result.ts";
import { findSkill } from "../../operations/skill/find-skill.ts";
import { answerJson } from "../answers/answer-json.ts";
import { seqHeader } from "../answers/seq-header.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const candidatePlace = z.strictObject({
  kind: artifactKind,
  name: z.string(),
  version,
  health: healthState.nullable(),
});

/** `GET /v1/skills/{skill}`. */
export function bindSkillRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, getSkill, async ({ params, query, request, needs, caller }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(candidatePlace, query.cursor);
    if (!after.ok) return after;
    const labels = [query.label ?? []].flat().map(labelOf);
    const limit = query.limit ?? limits.pageItemsDefault;
    const question = { reference: params.skill, labels, after: after.value, limit, names: caller.names };
    const found = await findSkill(needs.db, question);
    if (!found.ok) return found;
    const { answer, next, seq } = found.value;
    const cursor = next === null ? null : encodeCursor(next);
    const told: SkillAnswer = { ...answer, next_cursor: cursor };
    return success(answerJson(told, needs.requestId, 200, { ...seqHeader(seq), ...nextLink(request.url, cursor) }));
  });
}

/** A key has no `:`, a value may. */
function labelOf(text: string): { key: string; value: string } {
  const colon = text.indexOf(":");
  return { key: text.slice(0, colon), value: text.slice(colon + 1) };
}
