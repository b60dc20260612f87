import { skillId } from "../../contract/agent/skill.ts";
import { type ArtifactKind, artifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import { latest, parseSelector, type Selector, splitReference } from "../artifact/parse-reference.ts";
import { type Result, refusal, success } from "../result.ts";

/** Who is asked for by a skill. */
export interface SkillReference {
  /** Null: any. */
  kind: ArtifactKind | null;
  skill: string;
  /** As written after `@`; null: none. */
  selectorText: string | null;
  selector: Selector;
}

/** Reads `skill`, `skill@selector`, or either behind a kind: `workflow/code-generation@^1`. */
export function parseSkill(text: string): Result<SkillReference, Failure> {
  const { name: told, selector: selectorText } = splitReference(text);
  const slash = told.indexOf("/");
  const kind = slash < 0 ? success(null) : readKind(told.slice(0, slash));
  if (!kind.ok) return kind;
  const named = skillId.safeParse(told.slice(slash + 1));
  if (!named.success) {
    const why = named.error.issues[0]?.message ?? "it is no skill";
    return refusal({ code: "INVALID_REQUEST", message: `"${told.slice(0, 60)}" cannot be a skill: ${why}` });
  }
  const selector = selectorText === null ? success(latest) : parseSelector(selectorText);
  if (!selector.ok) return selector;
  return success({ kind: kind.value, skill: named.data, selectorText, selector: selector.value });
}

function readKind(text: string): Result<ArtifactKind, Failure> {
  const kind = artifactKind.safeParse(text);
  if (kind.success) return success(kind.data);
  const message = `"${text.slice(0, 60)}" is no kind; before the / of a skill stands ${artifactKind.options.join(", ")}`;
  return refusal({ code: "INVALID_REQUEST", message });
}
