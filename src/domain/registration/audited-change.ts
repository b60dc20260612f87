import type { AuditAct } from "../../contract/access/audit.ts";
import type { Origin } from "../../contract/access/origin.ts";
import { changeTypeOf } from "../../contract/announcement/change-event.ts";
import { repositoryOf } from "../oci/repository-kind.ts";
import { detailsOf } from "./change-details.ts";
import type { NameChange } from "./name-change.ts";

/** What the audit log has of a change of a name; its `seq` is known only once it is committed. */
export function auditedChange(change: NameChange, origin: Origin): AuditAct {
  return {
    at: change.author.at,
    actor: change.author.by,
    token_id: origin.token_id,
    operation: changeTypeOf[change.change],
    subject: subjectOf(change),
    outcome: "done",
    code: null,
    address: origin.address,
    request_id: origin.request_id,
    details: { ...detailsOf(change) },
  };
}

/** `templates/blur@1.2.0`; where a tag alone moved, `templates/blur:stable`. */
function subjectOf({ change, version, tagMoves, after }: NameChange): string {
  const repository = repositoryOf(after.kind, after.name);
  const [move] = tagMoves;
  const isOfTag = change === "tagged" || change === "untagged";
  if (isOfTag && move !== undefined && tagMoves.length === 1) return `${repository}:${move.tag}`;
  return version === null ? repository : `${repository}@${version}`;
}
