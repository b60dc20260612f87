import { auditedOf } from "../contract/http/audited.ts";
import type { Route } from "../contract/http/route.ts";
import { anonymous } from "../domain/access/caller.ts";
import { subjectOfPath } from "../domain/access/subject-of-path.ts";
import type { Result } from "../domain/result.ts";
import { type Act, auditAct } from "../operations/access/audit-act.ts";
import { sealSoon } from "../operations/access/seal-soon.ts";
import type { Needs } from "./needs.ts";

/**
 * Leaves in the audit log what came of a request to a route: that it was done, where the route is audited so (contract/http/audited.ts), or that a
 * known caller was refused it. `params` are those of its path.
 */
export async function noteAct<Refusal extends { code: string; message: string }>(
  needs: Needs,
  route: Route,
  params: Record<string, string>,
  answered: Result<Response, Refusal>,
): Promise<void> {
  const { notes } = needs;
  const made = answered.ok ? madeBy(answered.value) : null;
  const isOfOne = route.path.includes("{");
  const act: Act = {
    actor: notes.actor ?? actorOf(needs),
    operation: route.operationId,
    subject: notes.subject ?? (isOfOne ? null : made) ?? subjectOfPath(route.path, params),
    details: { ...notes.details, ...(isOfOne && made !== null ? { made } : {}) },
    origin: needs.origin,
  };
  const refused = refusedOf(needs, answered);
  if (refused !== null)
    refuseAct(needs, { ...act, subject: notes.refusedNames[0] ?? act.subject, details: {} }, refused);
  if (!answered.ok) return;
  const audited = auditedOf(route);
  if (audited === "before_answer") await auditAct(needs, act);
  if (audited === "after_answer") noteLater(needs, act);
  else if (audited !== "never") sealSoon(needs.db, needs.later, needs.now().getTime());
}

/** Why a known caller was refused all or, of a batch, some of what they asked for; null: they were not. */
function refusedOf<Refusal extends { code: string; message: string }>(
  needs: Needs,
  answered: Result<unknown, Refusal>,
): string | null {
  if (!isKnown(needs)) return null;
  if (!answered.ok) return answered.failure.code === "FORBIDDEN" ? answered.failure.message : null;
  const { refusedNames } = needs.notes;
  return refusedNames.length === 0 ? null : `the token is not for ${refusedNames.slice(0, 10).join(", ")}`;
}

/** What an answer says that it made: `runs/…`, `tokens/tok_…`. */
function madeBy({ headers }: Response): string | null {
  return /^\/v1\/([^?]+)/.exec(headers.get("Location") ?? "")?.[1] ?? null;
}

/** An act that nobody waits for. When the log cannot be written, the registry's own log has it. */
export function noteLater(needs: Needs, act: Act): void {
  const noted = auditAct(needs, act).then(
    () => sealSoon(needs.db, needs.later, needs.now().getTime()),
    (error: unknown) => {
      const line = { level: "error", request_id: needs.requestId, not_audited: act, error: String(error) };
      console.error(JSON.stringify(line));
    },
  );
  needs.later(noted);
}

/** The same of one that was refused. Messages tell what was asked for and what the caller may; they may name what was in a body. */
export function refuseAct(needs: Needs, act: Act, message: string): void {
  noteLater(needs, { ...act, code: "FORBIDDEN", details: { reason: message.slice(0, 300) } });
}

/** Whether a token, a secret or an identity says who asks. */
export function isKnown({ asker }: Needs): boolean {
  return asker.caller !== null && asker.caller.name !== anonymous.name;
}

/** Who asks, by name. */
export function actorOf({ asker }: Needs): string {
  return asker.caller?.name ?? anonymous.name;
}
