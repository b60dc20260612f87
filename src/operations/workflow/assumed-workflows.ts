import type { LockedSkill } from "../../contract/workflow/locked-skill.ts";
import { parseSkill } from "../../domain/agent/parse-skill.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import type { SkillInterface } from "../../domain/workflow/skill-interface.ts";

/** A skill that a workflow answers to which a dry run assumes to be published. */
interface AssumedAnswer {
  lock: LockedSkill;
  skill: SkillInterface;
}

/** Workflows that a dry run found right: its later members are judged as if these were published. */
export class AssumedWorkflows {
  readonly #names = new Map<string, { after: NameState; byVersion: Map<string, SkillInterface> }>();

  /** Takes in a workflow as if it were published. */
  add({ name, version, callable }: Candidate, after: NameState): void {
    const { inputs = null, outputs = null } = callable?.interface ?? {};
    const byVersion = this.#names.get(name)?.byVersion ?? new Map<string, SkillInterface>();
    byVersion.set(version, { inputs, outputs });
    this.#names.set(name, { after, byVersion });
  }

  /** The assumed workflow that answers to a skill; null when none does, or when `lock` says that somebody answers before workflows do. */
  answering(text: string, lock: LockedSkill["pin"]): AssumedAnswer | null {
    const parsed = parseSkill(text);
    if (!parsed.ok || (parsed.value.kind !== null && parsed.value.kind !== "workflow")) return null;
    const known = this.#names.get(parsed.value.skill);
    if (known === undefined || lock?.kind === "function" || lock?.kind === "template") return null;
    const chosen = chooseVersion(indexOf(known.after, 0, ""), parsed.value.selector);
    if (!chosen.ok) return null;
    const { version, digest } = chosen.value;
    const skill = known.byVersion.get(version);
    const pin = { kind: "workflow" as const, name: known.after.name, version, digest, skill: null };
    return skill === undefined ? null : { lock: { skill: text, pin }, skill };
  }
}
